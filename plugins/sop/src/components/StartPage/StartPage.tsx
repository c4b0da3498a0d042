import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import {
  BreadcrumbEntry,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  AppLink,
  EntityPicker,
  ErrorState,
  Loading,
  PageBody,
  useControl,
  usePageTitle,
  useRevision,
  useSopLinks,
  useSopQueryClient,
  useUrlState,
  useIdentity,
} from '@handrail/plugin-sop-react';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { isAboutPeople, titleOf } from '../../lib/procedure';
import { sopTranslationRef } from '../../translation';
import { StartForm } from './StartForm';

/** Starting a run; procedure and target are part of the address. */
export function StartPage() {
  const { t } = useTranslationRef(sopTranslationRef);
  const catalogApi = useApi(catalogApiRef);
  const { client } = useSopQueryClient();
  const links = useSopLinks();
  const { params, set } = useUrlState();
  const sopRef = params.get('sop') ?? undefined;
  const targetRef = params.get('target') ?? undefined;
  const userRef = useIdentity()?.userEntityRef;

  const query = useQuery(
    {
      queryKey: ['sop', 'procedure', sopRef],
      queryFn: async () => {
        const entity = await catalogApi.getEntityByRef(sopRef!);
        return entity?.kind.toLocaleLowerCase('en-US') === 'sop'
          ? entity
          : null;
      },
      enabled: Boolean(sopRef),
    },
    client,
  );
  const entity = query.data ?? undefined;
  const mode = params.get('mode') === 'rehearsal' ? 'rehearsal' : undefined;
  const control = useControl(entity && stringifyEntityRef(entity));
  const { effectiveHash, currentHash } = control.data ?? {};
  // A run that counts is one of the revision in force, whatever the file has.
  const inForce =
    !mode && effectiveHash !== currentHash ? effectiveHash : undefined;
  const revision = useRevision(sopRef ?? '', inForce);
  const shown =
    entity && inForce && revision.data
      ? { ...entity, spec: revision.data.spec as Entity['spec'] }
      : entity;
  const isReady =
    !control.isPending && (!inForce || revision.data || revision.error);
  let title: string = t('start.title');
  if (entity) {
    const name = titleOf(entity);
    title = mode
      ? t('start.rehearsalTitle', { name })
      : t('start.titleNamed', { name });
  }
  usePageTitle(title);

  return (
    <BreadcrumbEntry entry={{ label: t('start.title'), href: links.start() }}>
      <PageBody maxWidth={1200}>
        <AppLink to={links.catalogue()}>{t('start.back')}</AppLink>
        <Typography
          variant="h5"
          component="h1"
          data-tour="sops.start"
          sx={{ mt: 1, mb: 1, width: 'fit-content' }}
        >
          {title}
        </Typography>
        {!sopRef && (
          <>
            <Typography sx={{ mb: 2 }}>{t('start.choose')}</Typography>
            <EntityPicker
              id="sop-start-procedure"
              label={t('start.procedure')}
              query={{ kind: 'sop' }}
              size="medium"
              required
              onChange={sop => set({ sop })}
            />
          </>
        )}
        {sopRef && query.isPending && <Loading shape="split" />}
        {query.error && (
          <ErrorState error={query.error} onRetry={() => query.refetch()} />
        )}
        {sopRef && query.data === null && (
          <ErrorState
            error={{
              statusCode: 404,
              message: t('start.unknown', { ref: sopRef }),
            }}
          />
        )}
        {entity && !isReady && <Loading shape="split" />}
        {shown && isReady && (
          <StartForm
            key={`${sopRef} ${mode}`}
            entity={shown}
            mode={mode}
            control={control.data}
            targetRef={
              targetRef ?? (isAboutPeople(shown) ? userRef : undefined)
            }
            onTarget={target => set({ target }, { replace: true })}
          />
        )}
      </PageBody>
    </BreadcrumbEntry>
  );
}
