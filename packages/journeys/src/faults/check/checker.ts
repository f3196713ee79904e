import { eventsOf, type History, outcomeOf, pagesOf, type Rule, type Violation } from '../history.ts';
import { eventsAreRemembered } from './applied.ts';
import { poisonIsPutAside } from './deadLetters.ts';
import { answersAreEqual, commandsTookEffect, laterAnswersAreEqual } from './effects.ts';
import { eachIsToldOnce } from './notifications.ts';
import { projectionsEqualARebuild, reactionsHappenedOnce } from './projections.ts';
import { calendarsHoldWhatSlotsStandOn, eachLotIsAwardedOnce, noBidIsLostOrLate, noSlotIsOverfull } from './scarceThings.ts';
import { outboxesAreEmpty, streamsHoldEachEventOnce } from './streams.ts';

const rules: readonly Rule[] = [
  commandsTookEffect,
  answersAreEqual,
  laterAnswersAreEqual,
  streamsHoldEachEventOnce,
  outboxesAreEmpty,
  projectionsEqualARebuild,
  eventsAreRemembered,
  reactionsHappenedOnce,
  eachIsToldOnce,
  noSlotIsOverfull,
  calendarsHoldWhatSlotsStandOn,
  eachLotIsAwardedOnce,
  noBidIsLostOrLate,
  poisonIsPutAside,
];

/** Compares what clients were told with what every service holds. Pure: the same history gives the same violations. */
export const check = (history: History): Violation[] => rules.flatMap((rule) => rule(history));

const shortened = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text;
};

/** Everything known about one aggregate: the commands and their answers, its events in stream order, its documents. */
export const tellHistoryOf = (history: History, about: string): string => {
  const commands = history.commands
    .filter((command) => command.about === about || command.effect.includes(about))
    .map((command) => {
      const statuses = (told: Command['told']) => told.map(({ status }) => status).join(' ');
      return `  ${command.at} #${command.n} ${command.what} by ${command.organisation}: ${outcomeOf(command)} [${statuses(command.told)}] again [${statuses(command.toldAgain)}] after ${command.tries} tries; ${command.effect}`;
    });
  const events = eventsOf(history)
    .filter(({ subject }) => subject === about)
    .map(({ time, type, sequence, id, causationid }) => `  ${time} ${type} ${sequence} (${id}, caused by ${causationid})`);
  const documents = Object.keys(history.databases).flatMap((service) =>
    pagesOf(history, service)
      .filter(({ _id }) => _id === about)
      .map(
        (page) =>
          `  ${service}: ${shortened({ sequence: page.sequence, outbox: page.outbox.length, applied: page.applied, state: page.state })}`,
      ),
  );
  return [`history of ${about}`, ' commands', ...commands, ' events', ...events, ' documents', ...documents].join('\n');
};

type Command = History['commands'][number];
