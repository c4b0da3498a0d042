import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DateTime } from 'luxon';
import {
  CodeBlock,
  ErrorState,
  PermitButton,
  PermitLink,
  PersonChip,
  StatusChip,
  TimeStamp,
} from './index';

const show = (element: JSX.Element) =>
  renderInTestApp(element, {
    apis: [mockApis.identity()],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });

const inMinutes = (minutes: number) => DateTime.utc().plus({ minutes }).toISO();

describe('PermitButton', () => {
  it('does nothing when refused, stays reachable and tells why', async () => {
    const onClick = jest.fn();
    show(
      <PermitButton
        permit={{ allowed: false, reason: 'Ask a DBA.' }}
        onClick={onClick}
      >
        Approve
      </PermitButton>,
    );
    const button = await screen.findByRole('button', { name: 'Approve' });
    await userEvent.tab();
    expect(button).toHaveFocus();
    await userEvent.click(button);
    expect(onClick).not.toHaveBeenCalled();
    expect(button).toHaveAccessibleDescription('Ask a DBA.');
    expect(await screen.findByRole('tooltip')).toHaveTextContent('Ask a DBA.');
  });

  it('takes one click while a request is under way', async () => {
    const onClick = jest.fn();
    show(
      <PermitButton permit={{ allowed: true }} pending onClick={onClick}>
        Approve
      </PermitButton>,
    );
    await userEvent.click(await screen.findByRole('button'));
    expect(onClick).not.toHaveBeenCalled();
  });
});

describe('PermitLink', () => {
  it('is a link when allowed and a reasoned button when not', async () => {
    show(
      <>
        <PermitLink permit={{ allowed: true }} to="/start">
          Start
        </PermitLink>
        <PermitLink permit={{ allowed: false, reason: 'Retired.' }} to="/x">
          Old
        </PermitLink>
      </>,
    );
    expect(await screen.findByRole('link', { name: 'Start' })).toHaveAttribute(
      'href',
      '/start',
    );
    expect(
      screen.getByRole('button', { name: 'Old' }),
    ).toHaveAccessibleDescription('Retired.');
  });
});

describe('StatusChip', () => {
  it('says the status in words and shows unknown ones as they are', async () => {
    show(
      <>
        <StatusChip status="held" />
        <StatusChip status="brand-new" />
      </>,
    );
    expect(await screen.findByText('On hold')).toBeInTheDocument();
    expect(screen.getByText('brand-new')).toBeInTheDocument();
  });
});

describe('TimeStamp', () => {
  it('is relative, can be reached by keyboard, and tells the exact time', async () => {
    const at = inMinutes(-12);
    show(<TimeStamp at={at} />);
    const time = await screen.findByText('12 min ago');
    expect(time).toHaveAttribute('datetime', at);
    await userEvent.tab();
    expect(time).toHaveFocus();
    await userEvent.hover(time);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      /\d\d:\d\d:\d\d/,
    );
  });

  it('counts a deadline down and says when it has passed', async () => {
    show(
      <>
        <TimeStamp at={inMinutes(5.5)} deadline />
        <TimeStamp at={inMinutes(-5.5)} deadline />
      </>,
    );
    expect(await screen.findByText(/^in 05:\d\d min$/)).toBeInTheDocument();
    expect(screen.getByText(/^05:\d\d min overdue$/)).toBeInTheDocument();
    const before = screen.getByText(/^in 05/).textContent;
    await waitFor(
      () => expect(screen.getByText(/^in 05/).textContent).not.toBe(before),
      { timeout: 5_000 },
    );
  });
});

describe('PersonChip', () => {
  it('links people and groups, and shows services without a link', async () => {
    show(
      <>
        <PersonChip entityRef="user:default/ana.duarte" />
        <PersonChip entityRef="group:default/dba" inert />
        <PersonChip entityRef="service:plugin:sop" />
      </>,
    );
    expect(
      await screen.findByRole('link', { name: 'ana.duarte' }),
    ).toHaveAttribute('href', '/catalog/default/user/ana.duarte');
    expect(screen.getAllByRole('link')).toHaveLength(1);
    expect(screen.getByText('plugin:sop')).toBeInTheDocument();
  });
});

describe('ErrorState', () => {
  it('offers another try, except where it cannot help', async () => {
    const onRetry = jest.fn();
    const { rerender } = show(
      <ErrorState error={new Error('Away')} onRetry={onRetry} />,
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try again' }),
    );
    expect(onRetry).toHaveBeenCalledTimes(1);
    rerender(<div />);
    show(
      <ErrorState
        error={{ statusCode: 404, message: 'No such run' }}
        onRetry={onRetry}
      />,
    );
    expect(await screen.findByText('No such run')).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('shows a refusal as one and says who can help', async () => {
    show(<ErrorState error={{ statusCode: 403, message: 'Not for you.' }} />);
    expect(await screen.findByText('You may not see this')).toBeVisible();
    expect(screen.getByText('Not for you.')).toBeVisible();
    expect(screen.getByText(/Ask the owners/)).toBeVisible();
  });
});

describe('CodeBlock', () => {
  it('copies exactly its text', async () => {
    const writeText = jest.fn().mockResolvedValue(undefined);
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText },
    });
    show(<CodeBlock text={'BEGIN;\nCOMMIT;'} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Copy' }));
    expect(writeText).toHaveBeenCalledWith('BEGIN;\nCOMMIT;');
    expect(
      await screen.findByRole('button', { name: 'Copied' }),
    ).toBeInTheDocument();
  });
});
