/**
 * An embedded git host that speaks the Gitea API.
 *
 * @packageDocumentation
 */
export {};
