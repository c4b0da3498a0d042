import { useTranslationRef } from '@backstage/frontend-plugin-api';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useNavigate } from 'react-router-dom';
import { useBranches } from '../../lib/queries';
import { useRepositoryLink } from '../../routes';
import { gitHostTranslationRef } from '../../translation';
import { PlaceProps } from './place';

/** Chooses the branch; the path stays. */
export function BranchChoice(props: PlaceProps) {
  const { repository, branch, path } = props;
  const { t } = useTranslationRef(gitHostTranslationRef);
  const navigate = useNavigate();
  const link = useRepositoryLink();
  const branches = useBranches(repository);
  // A link may name a tag or a commit, or a branch that is gone.
  const names = [...new Set([...(branches.data ?? []), branch])].sort();
  return (
    <TextField
      select
      size="small"
      id="git-host-branch"
      label={t('page.branch')}
      value={branch}
      sx={{ minWidth: 180, maxWidth: '100%', mb: 1.5 }}
      onChange={event =>
        navigate(link({ ...repository, branch: event.target.value, path }))
      }
    >
      {names.map(name => (
        <MenuItem key={name} value={name}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
