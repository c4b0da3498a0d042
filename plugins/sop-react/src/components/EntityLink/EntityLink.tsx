import {
  EntityDisplayName,
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { AppLink } from '../AppLink';

/** An entity by its title, linked to its page. @public */
export function EntityLink(props: { entityRef: string }) {
  const { entityRef } = props;
  const toEntity = useRouteRef(entityRouteRef);
  const name = <EntityDisplayName entityRef={entityRef} disableTooltip />;
  return toEntity ? (
    <AppLink to={toEntity(entityRouteParams(entityRef))}>{name}</AppLink>
  ) : (
    name
  );
}
