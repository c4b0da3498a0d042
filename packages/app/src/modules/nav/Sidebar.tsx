import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
  useSidebarPinState,
} from '@backstage/core-components';
import {
  NavContentBlueprint,
  NavContentComponent,
} from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import MenuIcon from '@mui/icons-material/Menu';
import PersonIcon from '@mui/icons-material/Person';
import SearchIcon from '@mui/icons-material/Search';
import TaskIcon from '@mui/icons-material/TaskAlt';
import { DeclareItem } from './DeclareItem';
import { SidebarLogo } from './SidebarLogo';
import { SwitchPersonItem } from './SwitchPersonItem';

/** Pages that are reached from another page and need no place of their own. */
const REACHED_FROM_ELSEWHERE = [
  'page:api-docs',
  'page:app-visualizer',
  'page:catalog-graph',
  'page:catalog-import',
];

/** Stable id for tours: `page:sop/tasks` is `nav.sop.tasks`. */
function tourTarget(pageId: string): string {
  return pageId.replace(/^page:/, 'nav.').replace(/\//g, '.');
}

const PortalSidebar: NavContentComponent = ({ navItems }) => {
  const { isMobile } = useSidebarPinState();
  const nav = navItems.withComponent(item => (
    <SidebarItem
      icon={() => item.icon}
      to={item.href}
      text={item.title}
      data-tour={tourTarget(item.node.spec.id)}
    />
  ));
  REACHED_FROM_ELSEWHERE.forEach(id => navItems.take(id));
  navItems.take('page:notifications');
  const tasks = nav.take('page:sop/tasks');
  const search = nav.take('page:search');
  const settings = nav.take('page:user-settings');

  return (
    <Sidebar>
      <SidebarLogo />
      <SidebarGroup label="Menu" icon={<MenuIcon />}>
        <SidebarScrollWrapper>
          {nav.take('page:home')}
          {nav.take('page:catalog')}
          {nav.take('page:sop')}
          {tasks}
          {nav.take('page:incidents')}
          <DeclareItem />
          {nav.take('page:slo')}
          {nav.take('page:scaffolder')}
          {nav.take('page:techdocs')}
          {nav.take('page:onboarding')}
          {nav.rest({ sortBy: 'title' })}
        </SidebarScrollWrapper>
      </SidebarGroup>
      {isMobile && tasks && (
        <SidebarGroup
          label="My tasks"
          icon={<TaskIcon />}
          to={tasks.props.href}
        />
      )}
      <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
        {search}
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <SidebarGroup label="You" icon={<PersonIcon />}>
        <NotificationsSidebarItem />
        {settings}
        <SwitchPersonItem />
      </SidebarGroup>
    </Sidebar>
  );
};

/**
 * The sidebar. On a phone each group becomes an entry of the bar at the bottom,
 * with one more for the tasks.
 */
export const SidebarContent = NavContentBlueprint.make({
  params: { component: PortalSidebar },
});
