import Avatar from '@mui/material/Avatar';
import ListItemAvatar from '@mui/material/ListItemAvatar';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import Typography from '@mui/material/Typography';
import { Person } from './people';

/** One person of the list: name, role, and the groups beyond the heading's. */
export const PersonButton = (props: {
  person: Person;
  onChoose: (person: Person) => void;
}) => {
  const { person, onChoose } = props;
  const also = person.groups.slice(1).map(group => group.title);
  return (
    <ListItemButton
      component="button"
      data-person={person.entityRef}
      onClick={() => onChoose(person)}
      sx={{
        width: '100%',
        textAlign: 'left',
        borderRadius: 1,
        '&.Mui-focusVisible': {
          outline: 2,
          outlineColor: 'primary.main',
          outlineOffset: -2,
        },
      }}
    >
      <ListItemAvatar>
        <Avatar
          src={person.picture}
          alt=""
          sx={{
            bgcolor: 'primary.main',
            color: 'primary.contrastText',
            fontSize: 15,
            fontWeight: 600,
          }}
        >
          <span aria-hidden="true">{person.initials}</span>
        </Avatar>
      </ListItemAvatar>
      <ListItemText
        disableTypography
        primary={
          <Typography component="span" display="block" fontWeight={600}>
            {person.name}
          </Typography>
        }
        secondary={
          <>
            <Typography
              component="span"
              display="block"
              variant="body2"
              color="text.secondary"
            >
              {person.title}
            </Typography>
            {also.length > 0 && (
              <Typography
                component="span"
                display="block"
                variant="caption"
                color="text.secondary"
              >
                Also in {also.join(', ')}
              </Typography>
            )}
          </>
        }
      />
    </ListItemButton>
  );
};
