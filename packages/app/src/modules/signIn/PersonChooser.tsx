import { KeyboardEvent, useEffect, useRef, useState } from 'react';
import Box from '@mui/material/Box';
import InputAdornment from '@mui/material/InputAdornment';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import Paper from '@mui/material/Paper';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import SearchIcon from '@mui/icons-material/Search';
import { groupByTeam, matches, Person } from './people';
import { PersonButton } from './PersonButton';

const PeopleList = (props: {
  title: string;
  people: Person[];
  onChoose: (person: Person) => void;
}) => (
  <Paper
    component="section"
    variant="outlined"
    aria-label={props.title}
    sx={{ p: 1, mb: 2, breakInside: 'avoid' }}
  >
    <Typography
      component="h2"
      sx={{
        px: 1,
        pt: 1,
        fontSize: 13,
        fontWeight: 600,
        color: 'text.secondary',
      }}
    >
      {props.title}
    </Typography>
    <List disablePadding>
      {props.people.map(person => (
        <ListItem key={person.entityRef} disablePadding>
          <PersonButton person={person} onChoose={props.onChoose} />
        </ListItem>
      ))}
    </List>
  </Paper>
);

/**
 * A searchable list of people by team. Arrow keys walk from the search field
 * through the list; Enter in the field chooses the only match.
 */
export const PersonChooser = (props: {
  people: Person[];
  /** Entity ref of the person to offer first. */
  last?: string;
  onChoose: (person: Person) => void;
}) => {
  const { people, last, onChoose } = props;
  const [query, setQuery] = useState('');
  const root = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);

  // There is nothing else to do on this page, so typing works at once.
  useEffect(() => field.current?.focus(), []);

  const found = people.filter(person => matches(person, query));
  const lastPerson = query ? undefined : found.find(p => p.entityRef === last);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !root.current) {
      return;
    }
    const stops = [
      ...root.current.querySelectorAll<HTMLElement>('input, [data-person]'),
    ];
    const here = stops.findIndex(stop => stop === document.activeElement);
    const next = stops[here + step];
    if (here >= 0 && next) {
      event.preventDefault();
      next.focus();
    }
  };

  return (
    <Box ref={root} onKeyDown={onKeyDown}>
      <Box
        component="form"
        role="search"
        onSubmit={event => {
          event.preventDefault();
          if (found.length === 1) {
            onChoose(found[0]);
          }
        }}
        sx={{ mb: 2, maxWidth: 480 }}
      >
        <TextField
          inputRef={field}
          fullWidth
          value={query}
          onChange={event => setQuery(event.target.value)}
          label="Name, role or team"
          InputProps={{
            startAdornment: (
              <InputAdornment position="start">
                <SearchIcon />
              </InputAdornment>
            ),
          }}
        />
      </Box>
      <Typography
        role="status"
        sx={found.length ? { position: 'absolute', clip: 'rect(0 0 0 0)' } : {}}
      >
        {found.length
          ? `${found.length} of ${people.length} people`
          : `Nobody matches “${query}”. Try a team, for example “release”.`}
      </Typography>
      {lastPerson && (
        <Box sx={{ maxWidth: 480 }}>
          <PeopleList
            title="Last time you were"
            people={[lastPerson]}
            onChoose={onChoose}
          />
        </Box>
      )}
      <Box sx={{ columnWidth: 300, columnGap: 2 }}>
        {groupByTeam(found).map(team => (
          <PeopleList key={team.title} {...team} onChoose={onChoose} />
        ))}
      </Box>
    </Box>
  );
};
