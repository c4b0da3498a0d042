import { AppNode } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { axe, toHaveNoViolations } from 'jest-axe';
import { GettingStarted } from './GettingStarted';
import { HomeLayout } from './HomeLayout';

expect.extend(toHaveNoViolations);

const widget = (name: string) => ({
  name,
  node: { spec: { id: name } } as AppNode,
  component: <p>{name} widget</p>,
});

const place = (
  component: string,
  row: number,
  column: number,
  width: number = 4,
) => ({ component, row, column, width, height: 1 });

const shown = () =>
  screen.queryAllByText(/ widget$/).map(element => element.textContent);

describe('HomeLayout', () => {
  it('shows the configured widgets in reading order and no others', async () => {
    await renderInTestApp(
      <HomeLayout
        widgets={['A', 'B', 'C', 'D'].map(widget)}
        defaultConfig={[place('B', 1, 4), place('C', 1, 0), place('A', 0, 0)]}
      />,
    );

    expect(shown()).toEqual(['A widget', 'C widget', 'B widget']);
  });

  it('stacks the widgets of a column until one takes the whole width', async () => {
    await renderInTestApp(
      <HomeLayout
        widgets={['A', 'B', 'C', 'D', 'E', 'F'].map(widget)}
        defaultConfig={[
          place('A', 0, 0, 12),
          place('B', 1, 0, 8),
          place('C', 1, 8),
          place('D', 2, 0, 8),
          place('E', 3, 0, 12),
          place('F', 4, 8),
        ]}
      />,
    );

    expect(shown()).toEqual(
      ['A', 'B', 'D', 'C', 'E', 'F'].map(name => `${name} widget`),
    );
  });

  it('leaves out a configured widget that is not installed', async () => {
    await renderInTestApp(
      <HomeLayout
        widgets={[widget('A')]}
        defaultConfig={[place('Missing', 0, 0), place('A', 1, 0)]}
      />,
    );

    expect(shown()).toEqual(['A widget']);
  });

  it('shows all widgets when nothing is configured', async () => {
    await renderInTestApp(<HomeLayout widgets={['A', 'B'].map(widget)} />);

    expect(shown()).toEqual(['A widget', 'B widget']);
  });

  it('has nothing that axe objects to', async () => {
    const { container } = await renderInTestApp(
      <HomeLayout
        widgets={[{ ...widget('First'), component: <GettingStarted /> }]}
      />,
    );

    expect(
      screen
        .getAllByRole('link')
        .map(link => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      ['Open the procedures', '/sops'],
      ['Open the catalog', '/catalog'],
      ['Open My tasks', '/tasks'],
    ]);
    expect(await axe(container)).toHaveNoViolations();
  });
});
