import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  PermitLink,
  PersonChip,
  StatusChip,
  useControl,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import PlayArrowIcon from '@mui/icons-material/PlayArrow';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { Fragment, ReactNode } from 'react';
import { readableDuration } from '../../lib/isoDuration';
import { documentOf, specOf, startPermit } from '../../lib/procedure';
import { sopTranslationRef } from '../../translation';

/** Document control of a procedure, and Start. */
export function SopDocumentCard() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const document = documentOf(entity);
  const { lifecycle, owner } = specOf(entity);
  const ownerRef =
    entity.relations?.find(one => one.type === 'ownedBy')?.targetRef ?? owner;
  const { source } = document;
  const sopRef = stringifyEntityRef(entity);
  const control = useControl(sopRef).data;
  const current = control?.revisions.find(one => one.isCurrent);
  const canRehearse =
    control && !control.canStart.allowed && control.canRehearse.allowed;
  const retired = {
    superseded: t('catalogue.superseded'),
    retired: t('catalogue.retired'),
  };

  const people = (refs: string[] | undefined) =>
    refs?.length ? (
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
        {refs.map(ref => (
          <PersonChip key={ref} entityRef={ref} />
        ))}
      </Box>
    ) : undefined;
  const sourceLink =
    source && /^https?:\/\//i.test(source) ? (
      <Link href={source} target="_blank" rel="noopener noreferrer">
        {source}
      </Link>
    ) : (
      source
    );
  const rows: [string, ReactNode][] = [
    [t('entity.number'), document.number],
    [t('entity.revision'), document.revision],
    [t('entity.lifecycle'), current && <StatusChip status={current.status} />],
    [t('entity.effectiveFrom'), document.effectiveFrom],
    [
      t('entity.reviewEvery'),
      document.reviewEvery && readableDuration(document.reviewEvery),
    ],
    [t('entity.owner'), people(ownerRef ? [ownerRef] : undefined)],
    [t('entity.approvers'), people(document.approvers)],
    [t('entity.controls'), document.controls?.join(', ')],
    [t('entity.source'), sourceLink],
  ];

  return (
    <Paper
      component="section"
      aria-labelledby="sop-document"
      sx={{ p: 2, height: '100%' }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          justifyContent: 'space-between',
          gap: 1,
          mb: 1.5,
        }}
      >
        <Typography id="sop-document" variant="h6" component="h2" sx={{ m: 0 }}>
          {t('entity.document')}
        </Typography>
        <Box sx={{ display: 'flex', gap: 1 }}>
          {canRehearse && (
            <PermitLink
              variant="outlined"
              permit={{ allowed: true }}
              to={links.start({ sop: sopRef, mode: 'rehearsal' })}
            >
              {t('entity.rehearse')}
            </PermitLink>
          )}
          <PermitLink
            variant="contained"
            startIcon={<PlayArrowIcon />}
            permit={control?.canStart ?? startPermit(lifecycle, retired)}
            to={links.start({ sop: sopRef })}
          >
            {t('entity.start')}
          </PermitLink>
        </Box>
      </Box>
      <Box
        component="dl"
        sx={{
          m: 0,
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', sm: 'minmax(120px, 30%) 1fr' },
          columnGap: 2,
          rowGap: { xs: 0.25, sm: 1 },
        }}
      >
        {rows
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <Fragment key={name}>
              <Box component="dt" sx={{ color: 'text.secondary' }}>
                {name}
              </Box>
              <Box
                component="dd"
                sx={{ m: 0, mb: { xs: 1, sm: 0 }, overflowWrap: 'anywhere' }}
              >
                {value}
              </Box>
            </Fragment>
          ))}
      </Box>
    </Paper>
  );
}
