import type { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import CheckIcon from '@mui/icons-material/Check';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import {
  EntitiesPicker,
  EntityPicker,
  PageBody,
  PersonName,
  TitledCard,
  WordChip,
} from './index';

const entity = (kind: string, name: string, displayName?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: displayName ? { profile: { displayName } } : {},
});

const ENTITIES = [
  entity('User', 'ana.duarte', 'Ana Duarte'),
  entity('Group', 'payments', 'Payments'),
  entity('Component', 'ledger'),
];

function show(
  element: JSX.Element,
  catalog = catalogApiMock({ entities: ENTITIES }),
) {
  return renderInTestApp(element, {
    apis: [mockApis.identity(), [catalogApiRef, catalog]],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
}

describe('PageBody', () => {
  it('is the main part and can take the focus from code, not by Tab', async () => {
    show(<PageBody>Here</PageBody>);
    const text = await screen.findByText('Here');
    await userEvent.tab();
    expect(text).not.toHaveFocus();
    text.focus();
    expect(text).toHaveFocus();
    expect(text.tagName).toBe('MAIN');
  });
});

describe('TitledCard', () => {
  it('is a region with the name of its heading and room for an action', async () => {
    show(
      <TitledCard title="Open incidents" action={<button>Declare</button>}>
        None
      </TitledCard>,
    );
    const card = await screen.findByRole('region', { name: 'Open incidents' });
    expect(
      within(card).getByRole('heading', { level: 2, name: 'Open incidents' }),
    ).toBeInTheDocument();
    expect(within(card).getByRole('button')).toHaveTextContent('Declare');
    expect(within(card).getByText('None')).toBeInTheDocument();
  });
});

describe('WordChip', () => {
  it('says its word; the icon is silent', async () => {
    show(
      <WordChip word="Drill" icon={CheckIcon} tone="info" title="No page" />,
    );
    expect(await screen.findByTitle('No page')).toHaveTextContent(/^Drill$/);
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });
});

describe('PersonName', () => {
  it('shows people as the catalog names them and services as they are', async () => {
    show(
      <p>
        <PersonName entityRef="user:default/ana.duarte" />,{' '}
        <PersonName entityRef="plugin:sop" />
      </p>,
    );
    expect(await screen.findByText(/plugin:sop$/)).toHaveTextContent(
      /^ana\.duarte, plugin:sop$/,
    );
  });
});

function OnePicker(props: { initial?: string; onChange(ref?: string): void }) {
  const [value, setValue] = useState(props.initial);
  return (
    <EntityPicker
      label="Owner"
      query={{ kind: { $in: ['user', 'group'] } }}
      value={value}
      onChange={ref => {
        setValue(ref);
        props.onChange(ref);
      }}
    />
  );
}

describe('EntityPicker', () => {
  it('offers what the query allows, by title, and tells which was chosen', async () => {
    const onChange = jest.fn();
    show(<OnePicker onChange={onChange} />);
    const field = await screen.findByRole('combobox', { name: 'Owner' });
    await userEvent.click(field);
    await userEvent.click(
      await screen.findByRole('option', { name: /Ana Duarte/ }),
    );
    expect(onChange).toHaveBeenLastCalledWith('user:default/ana.duarte');
    await waitFor(() => expect(field).toHaveValue('Ana Duarte'));
    await userEvent.click(field);
    expect(await screen.findAllByRole('option')).toHaveLength(2);
    await userEvent.clear(field);
    expect(onChange).toHaveBeenLastCalledWith(undefined);
  });

  it.each(['user:default/nobody', 'no ref at all', ':/'])(
    'survives a value that the catalog does not know: %s',
    async ref => {
      show(<OnePicker initial={ref} onChange={jest.fn()} />);
      const field = await screen.findByRole('combobox', { name: 'Owner' });
      expect(field).not.toHaveValue('');
    },
  );

  it('says that the catalog could not be searched', async () => {
    const catalog = catalogApiMock({ entities: ENTITIES });
    jest
      .spyOn(catalog, 'queryEntities')
      .mockRejectedValue(
        Object.assign(new Error('Out of order'), { statusCode: 500 }),
      );
    show(<OnePicker onChange={jest.fn()} />, catalog);
    await userEvent.click(await screen.findByRole('combobox'));
    expect(
      await screen.findByText(/could not be searched: Out of order/),
    ).toBeInTheDocument();
  });
});

describe('EntitiesPicker', () => {
  it('adds to what is chosen', async () => {
    const onChange = jest.fn();
    show(
      <EntitiesPicker
        label="Affected"
        value={['component:default/ledger']}
        onChange={onChange}
      />,
    );
    await userEvent.click(await screen.findByRole('combobox'));
    await userEvent.click(
      await screen.findByRole('option', { name: /Payments/ }),
    );
    expect(onChange).toHaveBeenLastCalledWith([
      'component:default/ledger',
      'group:default/payments',
    ]);
  });
});
