import type { ClientOptions } from './client.ts';
import type { IConnector, INormalizer } from './types.ts';

/** What the registry knows of one connector. */
export interface Registration {
  /** Unique, lower-case letters, digits and dashes. */
  name: string;
  title: string;
  createConnector(options: ClientOptions): IConnector;
  createNormalizer(): INormalizer;
}

/** The connectors that a program can use. */
export class ConnectorRegistry {
  readonly #registrations = new Map<string, Registration>();

  /** @throws Error when the name is taken or not allowed */
  register(registration: Registration): this {
    const { name } = registration;
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
      throw new Error(
        `name: found "${name}", allowed are lower-case letters, digits and single dashes`,
      );
    }
    if (this.#registrations.has(name)) {
      throw new Error(`A connector "${name}" is registered already`);
    }
    this.#registrations.set(name, registration);
    return this;
  }

  /** @throws Error that names the connectors there are */
  get(name: string): Registration {
    const registration = this.#registrations.get(name);
    if (!registration) {
      throw new Error(
        `There is no connector "${name}", there are: ${this.names().join(
          ', ',
        )}`,
      );
    }
    return registration;
  }

  names(): string[] {
    return [...this.#registrations.keys()].sort();
  }
}
