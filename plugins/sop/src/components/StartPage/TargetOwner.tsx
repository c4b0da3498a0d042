import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { PersonChip, useSopQueryClient } from '@handrail/plugin-sop-react';
import { useQuery } from '@tanstack/react-query';
import { sopTranslationRef } from '../../translation';

/** The owner of the chosen target, or the role's name until one is chosen. */
export function TargetOwner(props: { targetRef?: string }) {
  const { targetRef } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const catalogApi = useApi(catalogApiRef);
  const { client } = useSopQueryClient();
  const { data } = useQuery(
    {
      queryKey: ['sop', 'entity', targetRef],
      queryFn: async () =>
        (await catalogApi.getEntityByRef(targetRef!)) ?? null,
      enabled: Boolean(targetRef),
      staleTime: 60_000,
    },
    client,
  );
  const owners = data?.relations?.filter(one => one.type === 'ownedBy') ?? [];
  if (owners.length === 0) {
    return <span>{t('role.targetOwner')}</span>;
  }
  return (
    <>
      {owners.map(owner => (
        <PersonChip key={owner.targetRef} entityRef={owner.targetRef} />
      ))}
    </>
  );
}
