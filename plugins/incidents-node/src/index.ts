/**
 * Extension points and service refs of the incidents back end.
 *
 * @packageDocumentation
 */
export {};
