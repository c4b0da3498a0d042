import { SearchResultListItemBlueprint } from '@backstage/plugin-search-react/alpha';
import ChecklistIcon from '@mui/icons-material/Checklist';

/** Procedures and runs among the results of a search. */
export const sopSearchResult = SearchResultListItemBlueprint.make({
  params: {
    predicate: ({ type }) => type === 'sop' || type === 'sop-run',
    icon: <ChecklistIcon fontSize="inherit" />,
    component: () =>
      import('../components/SearchResult').then(m => m.SearchResult),
  },
});
