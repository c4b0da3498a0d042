import { fireEvent, render, screen } from '@testing-library/react';
import { useStableRows } from './useStableRows';

interface Row {
  id: string;
  text: string;
}

function List(props: { rows: Row[]; list?: string }) {
  const { rows, handlers } = useStableRows(
    props.rows,
    row => row.id,
    props.list ?? 'one',
  );
  return (
    <>
      <ul {...handlers}>
        {rows.map(row => (
          <li key={row.id}>
            <button type="button">{row.text}</button>
          </li>
        ))}
      </ul>
      <button type="button">outside</button>
    </>
  );
}

const row = (id: string, text = id) => ({ id, text });
const shown = () =>
  screen.getAllByRole('listitem').map(item => item.textContent);

describe('useStableRows', () => {
  it('follows the order while nobody is in the list', () => {
    const { rerender } = render(<List rows={[row('a'), row('b')]} />);
    rerender(<List rows={[row('b'), row('a')]} />);
    expect(shown()).toEqual(['b', 'a']);
  });

  it.each([
    ['pointer', () => fireEvent.pointerEnter(screen.getByRole('list'))],
    ['focus', () => screen.getByText('a').focus()],
  ])('moves nothing under the %s, and renews what is shown', (_how, enter) => {
    const { rerender } = render(<List rows={[row('a'), row('b')]} />);
    enter();
    rerender(<List rows={[row('new'), row('b', 'B'), row('a', 'A')]} />);
    expect(shown()).toEqual(['A', 'B', 'new']);
    rerender(<List rows={[row('new'), row('b', 'B')]} />);
    expect(shown()).toEqual(['A', 'B', 'new']);

    fireEvent.pointerLeave(screen.getByRole('list'));
    fireEvent.blur(screen.getByText('B'), {
      relatedTarget: screen.getByText('outside'),
    });
    expect(shown()).toEqual(['new', 'B']);
  });

  it('gives way to another list at once', () => {
    const { rerender } = render(<List rows={[row('a'), row('b')]} />);
    fireEvent.pointerEnter(screen.getByRole('list'));
    rerender(<List rows={[row('c')]} list="two" />);
    expect(shown()).toEqual(['c']);
  });
});
