import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  describeEvent,
  describeSimulation,
  indexSpec,
  notePeople,
  sayName,
  SimulatedPeople,
  Simulator,
  SopEntity,
} from '@handrail/plugin-sop-common';
import { DateTime } from 'luxon';
import { useCallback, useEffect, useState } from 'react';

/** More events than any draft that ends has. */
const MAX_EVENTS = 1_000;

interface Play {
  simulator: Simulator;
  people: Map<string, SimulatedPeople>;
}

const clockOf = (at: string) =>
  DateTime.fromISO(at, { zone: 'utc' }).toFormat('ccc d LLL HH:mm:ss');

/** What the page shows of a play as it stands. */
function show({ simulator, people }: Play) {
  const [move] = simulator.moves();
  notePeople(simulator, people);
  const step = move && indexSpec(simulator.spec).get(move.stepId)?.step;
  const { state, spec } = simulator;
  return {
    move,
    name: step?.name ?? '',
    who: move?.by ? sayName(move.by) : '',
    now: simulator.now,
    clock: clockOf(simulator.now),
    status: state.status,
    reason: move ? undefined : describeSimulation(simulator, people).reason,
    events: simulator.events.map(event => ({
      ...describeEvent(event, spec),
      clock: clockOf(event.at),
    })),
  };
}

/** A dry run of a draft; begins anew when the draft changes. */
export function useDryRun(procedure: SopEntity | undefined) {
  const [startAt, setStartAt] = useState(() =>
    DateTime.utc().startOf('hour').toFormat("yyyy-MM-dd'T'HH:mm"),
  );
  const [play, setPlay] = useState<Play>();
  const [shown, setShown] = useState<ReturnType<typeof show>>();
  const [error, setError] = useState<string>();

  useEffect(() => {
    setPlay(undefined);
    setShown(undefined);
    setError(undefined);
  }, [procedure]);

  const attempt = useCallback((work: () => Play) => {
    try {
      const next = work();
      setPlay(next);
      setShown(show(next));
      setError(undefined);
    } catch (failure) {
      setError((failure as Error).message);
    }
  }, []);

  const begin = () =>
    procedure &&
    attempt(() => ({
      people: new Map(),
      simulator: new Simulator({
        spec: procedure.spec,
        sopRef: stringifyEntityRef(procedure),
        title: procedure.metadata.title ?? procedure.metadata.name,
        initiator: 'user:default/you',
        startAt:
          DateTime.fromISO(startAt, { zone: 'utc' }).toUTC().toISO() ?? '',
      }),
    }));
  const next = (outcome?: 'fail') =>
    play &&
    attempt(() => {
      const [move] = play.simulator.moves();
      play.simulator.play(move, outcome && { outcome });
      return play;
    });
  const toEnd = () =>
    play &&
    attempt(() => {
      const { simulator } = play;
      for (
        let [move] = simulator.moves();
        move && simulator.events.length < MAX_EVENTS;
        [move] = simulator.moves()
      ) {
        simulator.play(move);
        notePeople(simulator, play.people);
      }
      return play;
    });

  return { startAt, setStartAt, shown, error, begin, next, toEnd };
}
