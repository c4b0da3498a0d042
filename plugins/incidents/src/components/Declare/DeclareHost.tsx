import { useApi } from '@backstage/core-plugin-api';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { matchPath, useLocation, useNavigate } from 'react-router-dom';
import { declareApiRef } from '../../api';
import type { DeclareRequestHint } from '../../lib/DeclareLauncher';
import { useIncidentLinks } from '../../routes';
import { AFFECTED_KINDS } from '../../lib/kinds';

const DeclareDialog = lazy(() =>
  import('./DeclareDialog').then(m => ({ default: m.DeclareDialog })),
);

/** The entity whose page is open, if one is that can have incidents. */
function useEntityOfPage(): string | undefined {
  const toEntity = useRouteRef(entityRouteRef);
  const { pathname } = useLocation();
  if (!toEntity) {
    return undefined;
  }
  // The route is mounted where the app likes, so its shape is asked for.
  const pattern = toEntity({
    namespace: '__namespace__',
    kind: '__kind__',
    name: '__name__',
  }).replace(/__(namespace|kind|name)__/g, ':$1');
  const params = matchPath({ path: pattern, end: false }, pathname)?.params;
  const kind = params?.kind?.toLocaleLowerCase('en-US');
  return kind && AFFECTED_KINDS.includes(kind)
    ? `${kind}:${params?.namespace}/${params?.name}`
    : undefined;
}

/** The form once somebody asked for it, about the open page unless told else. */
function OpenedForm(props: { hint: DeclareRequestHint; onClose(): void }) {
  const { hint, onClose } = props;
  const navigate = useNavigate();
  const links = useIncidentLinks();
  const entityRef = useEntityOfPage();
  const [about] = useState(hint.entityRef ? hint : { entityRef });
  return (
    <Suspense fallback={null}>
      <DeclareDialog
        hint={about}
        onClose={onClose}
        onDeclared={incident => {
          onClose();
          navigate(links.incident(incident.reference));
        }}
      />
    </Suspense>
  );
}

/**
 * Holds the form that declares an incident for the whole app; it is loaded when
 * somebody asks for it. Routes are looked up only then: this is drawn before
 * sign-in, when the app does not know them yet.
 */
export function DeclareHost() {
  const launcher = useApi(declareApiRef);
  const [hint, setHint] = useState<DeclareRequestHint>();
  useEffect(() => launcher.onOpen(setHint), [launcher]);
  const close = useCallback(() => setHint(undefined), []);
  return hint ? <OpenedForm hint={hint} onClose={close} /> : null;
}
