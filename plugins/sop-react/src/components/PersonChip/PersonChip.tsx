import {
  entityRouteParams,
  entityRouteRef,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import GroupsOutlinedIcon from '@mui/icons-material/GroupsOutlined';
import PersonOutlineIcon from '@mui/icons-material/PersonOutline';
import SmartToyOutlinedIcon from '@mui/icons-material/SmartToyOutlined';
import Chip from '@mui/material/Chip';
import { Link as RouterLink } from 'react-router-dom';

/** Props of {@link PersonChip}. @public */
export interface PersonChipProps {
  /** A user or group ref, or the subject of a service. */
  entityRef: string;
  /** No link, for use inside links and buttons. */
  inert?: boolean;
}

const CHIP = {
  m: 0,
  maxWidth: '100%',
  bgcolor: 'action.hover',
  color: 'text.primary',
} as const;

function KnownPersonChip(props: PersonChipProps & { kind: string }) {
  const { entityRef, inert, kind } = props;
  const { primaryTitle, secondaryTitle } = useEntityPresentation(entityRef, {
    defaultKind: 'user',
  });
  const toEntity = useRouteRef(entityRouteRef);
  const icon =
    kind.toLocaleLowerCase('en-US') === 'group' ? (
      <GroupsOutlinedIcon aria-hidden />
    ) : (
      <PersonOutlineIcon aria-hidden />
    );
  const common = {
    size: 'small' as const,
    icon,
    label: primaryTitle,
    title: secondaryTitle ?? entityRef,
    sx: CHIP,
  };
  if (inert || !toEntity) {
    return <Chip {...common} />;
  }
  return (
    <Chip
      {...common}
      component={RouterLink}
      to={toEntity(entityRouteParams(entityRef))}
      clickable
    />
  );
}

/**
 * Kind of a ref to a person or a group; undefined for the subjects that services
 * act under, such as `plugin:sop`, which are no entities.
 */
function personKind(entityRef: string): string | undefined {
  try {
    const { kind } = parseEntityRef(entityRef, {
      defaultKind: 'user',
      defaultNamespace: 'default',
    });
    return /^(user|group)$/i.test(kind) ? kind : undefined;
  } catch {
    return undefined;
  }
}

/** `service:schedule` is "schedule", `service:plugin:sop` is "plugin:sop". */
function serviceName(ref: string): string {
  return ref.replace(/^service:/, '');
}

/** A person or a group, by the name that the catalog gives them. @public */
export function PersonChip(props: PersonChipProps) {
  const kind = personKind(props.entityRef);
  if (!kind) {
    return (
      <Chip
        size="small"
        icon={<SmartToyOutlinedIcon aria-hidden />}
        label={serviceName(props.entityRef)}
        title={props.entityRef}
        sx={CHIP}
      />
    );
  }
  return <KnownPersonChip {...props} kind={kind} />;
}

function KnownPersonName({ entityRef }: { entityRef: string }) {
  const { primaryTitle } = useEntityPresentation(entityRef, {
    defaultKind: 'user',
  });
  return <>{primaryTitle}</>;
}

/** The name that stands in a {@link PersonChip}, for running text. @public */
export function PersonName(props: { entityRef: string }) {
  const { entityRef } = props;
  return personKind(entityRef) ? (
    <KnownPersonName entityRef={entityRef} />
  ) : (
    <>{serviceName(entityRef)}</>
  );
}
