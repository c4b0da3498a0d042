import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import type { ProcedureStanding } from '@handrail/plugin-sop-common';
import {
  AppLink,
  PermitLink,
  PersonChip,
  StatusChip,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import PlayArrowIcon from '@mui/icons-material/PlayArrow';
import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Typography from '@mui/material/Typography';
import {
  documentOf,
  purposeOf,
  specOf,
  startPermit,
  titleOf,
} from '../../lib/procedure';
import { sopTranslationRef } from '../../translation';

/** One procedure of the catalogue. */
export function ProcedureCard(props: {
  entity: Entity;
  /** How it stands in its document control, once that is known. */
  standing?: ProcedureStanding;
}) {
  const { entity, standing } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const toEntity = useRouteRef(entityRouteRef);
  const { lifecycle, owner } = specOf(entity);
  const { number, ...document } = documentOf(entity);
  const revision = standing?.label ?? document.revision;
  const title = titleOf(entity);
  const ownerRef =
    entity.relations?.find(one => one.type === 'ownedBy')?.targetRef ?? owner;
  const facts = [
    number,
    revision && t('catalogue.revision', { revision: String(revision) }),
  ].filter(Boolean);
  return (
    <Card
      component="li"
      variant="outlined"
      sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 1 }}
    >
      <Box
        sx={{
          display: 'flex',
          gap: 1,
          justifyContent: 'space-between',
          alignItems: 'center',
        }}
      >
        <Typography variant="body2" color="text.secondary">
          {facts.join(' · ') || specOf(entity).type}
        </Typography>
        {standing && (
          <span title={standing.sentence}>
            <StatusChip status={standing.status} />
          </span>
        )}
      </Box>
      <Typography variant="h6" component="h2" sx={{ m: 0 }}>
        {toEntity ? (
          <AppLink to={toEntity(entityRouteParams(entity))}>{title}</AppLink>
        ) : (
          title
        )}
      </Typography>
      {/* The clamped text may not grow itself: a taller box shows more lines. */}
      <Box sx={{ flex: 1 }}>
        <Typography
          color="text.secondary"
          title={purposeOf(entity.metadata.description)}
          sx={{
            display: '-webkit-box',
            WebkitLineClamp: 2,
            WebkitBoxOrient: 'vertical',
            overflow: 'hidden',
          }}
        >
          {purposeOf(entity.metadata.description)}
        </Typography>
      </Box>
      <Box
        sx={{
          display: 'flex',
          gap: 1,
          alignItems: 'center',
          justifyContent: 'space-between',
        }}
      >
        {ownerRef ? <PersonChip entityRef={ownerRef} /> : <span />}
        <PermitLink
          size="small"
          variant="outlined"
          startIcon={<PlayArrowIcon />}
          aria-label={t('catalogue.startNamed', { name: title })}
          permit={
            standing?.canStart ??
            startPermit(lifecycle, {
              superseded: t('catalogue.superseded'),
              retired: t('catalogue.retired'),
            })
          }
          to={links.start({ sop: stringifyEntityRef(entity) })}
        >
          {t('catalogue.start')}
        </PermitLink>
      </Box>
    </Card>
  );
}
