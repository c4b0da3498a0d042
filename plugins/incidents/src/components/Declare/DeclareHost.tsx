import { useApi } from '@backstage/core-plugin-api';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { matchPath, useLocation, useNavigate } from 'react-router-dom';
import { declareApiRef } from '../../api';
import type { DeclareRequestHint } from '../../lib/DeclareLauncher';
import { useIncidentLinks } from '../../routes';
import { AFFECTED_KINDS } from '../RefPicker/kinds';

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

/**
 * Holds the form that declares an incident for the whole app; it is loaded when
 * somebody asks for it.
 */
export function DeclareHost() {
  const launcher = useApi(declareApiRef);
  const navigate = useNavigate();
  const links = useIncidentLinks();
  const entityRef = useEntityOfPage();
  const onPage = useRef(entityRef);
  onPage.current = entityRef;
  const [hint, setHint] = useState<DeclareRequestHint>();
  useEffect(
    () =>
      launcher.onOpen(wanted =>
        setHint(wanted.entityRef ? wanted : { entityRef: onPage.current }),
      ),
    [launcher],
  );
  const close = useCallback(() => setHint(undefined), []);
  if (!hint) {
    return null;
  }
  return (
    <Suspense fallback={null}>
      <DeclareDialog
        hint={hint}
        onClose={close}
        onDeclared={incident => {
          close();
          navigate(links.incident(incident.reference));
        }}
      />
    </Suspense>
  );
}
