export function TasksPage() {
  return <div />;
}
