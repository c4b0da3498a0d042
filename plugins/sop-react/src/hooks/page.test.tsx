import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { createApiRef } from '@backstage/core-plugin-api';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import {
  useDraft,
  useFocusOnMount,
  useIdentity,
  usePageTitle,
  useQueryClientFor,
  useUrlState,
  withParams,
} from './index';

const countRef = createApiRef<{ first: boolean }>({ id: 'test.count' });
const otherRef = createApiRef<{ first: boolean }>({ id: 'test.other' });

function show(element: JSX.Element, at = '/') {
  return renderInTestApp(element, {
    apis: [
      mockApis.identity({ userEntityRef: 'user:default/ana.duarte' }),
      [countRef, { first: true }],
      [otherRef, { first: false }],
    ],
    config: { app: { title: 'Portal', baseUrl: 'http://localhost' } },
    initialRouteEntries: [at],
  });
}

beforeEach(() => sessionStorage.clear());

describe('withParams', () => {
  it('sets, repeats and removes, and leaves the rest and its input alone', () => {
    const before = new URLSearchParams('q=a&kind=x&kind=y&page=2');
    const after = withParams(before, {
      q: '',
      kind: ['z', 'w'],
      page: undefined,
      tab: 'all',
    });
    expect(after.toString()).toBe('kind=z&kind=w&tab=all');
    expect(before.toString()).toBe('q=a&kind=x&kind=y&page=2');
  });
});

describe('useUrlState', () => {
  function Tabs() {
    const { params, set } = useUrlState();
    const { search } = useLocation();
    return (
      <>
        <output>{`${params.get('tab')} ${search}`}</output>
        <button onClick={() => set({ tab: 'alerts' })}>Alerts</button>
      </>
    );
  }

  it('keeps what others wrote into the address', async () => {
    show(<Tabs />, '/?tab=all&q=ledger');
    await userEvent.click(await screen.findByText('Alerts'));
    expect(screen.getByRole('status')).toHaveTextContent(
      'alerts ?q=ledger&tab=alerts',
    );
  });
});

describe('usePageTitle', () => {
  function Page(props: { title?: string }) {
    usePageTitle(props.title);
    return <p>Page</p>;
  }

  it('adds the name of the portal', async () => {
    show(<Page title="Tasks" />);
    await screen.findByText('Page');
    expect(document.title).toBe('Tasks | Portal');
  });

  it('leaves the title alone while it is not known', async () => {
    document.title = 'Before';
    show(<Page />);
    await screen.findByText('Page');
    expect(document.title).toBe('Before');
  });
});

describe('useDraft', () => {
  function Draft(props: { name: string }) {
    const [value, set, clear] = useDraft(props.name, 'nothing');
    return (
      <>
        <output>{value}</output>
        <button onClick={() => set('typed')}>Type</button>
        <button onClick={clear}>Forget</button>
      </>
    );
  }

  it('outlives the component, for its own key only, until it is forgotten', async () => {
    const first = show(<Draft name="a" />);
    await userEvent.click(await screen.findByText('Type'));
    first.unmount();
    const second = show(<Draft name="a" />);
    expect(await screen.findByText('typed')).toBeInTheDocument();
    second.unmount();
    const other = show(<Draft name="b" />);
    expect(await screen.findByText('nothing')).toBeInTheDocument();
    other.unmount();
    const third = show(<Draft name="a" />);
    await userEvent.click(await screen.findByText('Forget'));
    third.unmount();
    show(<Draft name="a" />);
    expect(await screen.findByText('nothing')).toBeInTheDocument();
  });

  it('begins anew where what is stored cannot be read', async () => {
    sessionStorage.setItem('handrail:draft:a', '{');
    show(<Draft name="a" />);
    expect(await screen.findByText('nothing')).toBeInTheDocument();
  });
});

describe('useFocusOnMount', () => {
  function Field(props: { name: string; wanted: boolean }) {
    const ref = useFocusOnMount<HTMLInputElement>(props.wanted);
    return <input ref={ref} aria-label={props.name} />;
  }

  it('focuses the wanted element only', async () => {
    show(
      <>
        <Field name="One" wanted />
        <Field name="Two" wanted={false} />
      </>,
    );
    expect(await screen.findByLabelText('One')).toHaveFocus();
  });
});

describe('useIdentity', () => {
  function Who() {
    return <p>{useIdentity()?.userEntityRef ?? 'unknown'}</p>;
  }

  it('tells who is signed in', async () => {
    show(<Who />);
    expect(
      await screen.findByText('user:default/ana.duarte'),
    ).toBeInTheDocument();
  });
});

describe('useQueryClientFor', () => {
  const seen: unknown[] = [];
  function Reader() {
    seen.push([
      useQueryClientFor(countRef).client,
      useQueryClientFor(countRef).client,
      useQueryClientFor(otherRef).client,
    ]);
    return <p>Read</p>;
  }

  it('has one cache per API', async () => {
    show(<Reader />);
    await screen.findByText('Read');
    const [a, b, other] = seen[0] as unknown[];
    expect(a).toBe(b);
    expect(other).not.toBe(a);
  });
});
