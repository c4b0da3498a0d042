import type { DescriptionFieldProps } from '@rjsf/utils';
import Typography from '@mui/material/Typography';

/** Text below an input. The form library would make it a heading. */
export function InputDescription(props: DescriptionFieldProps) {
  const { id, description } = props;
  return description ? (
    <Typography
      id={id}
      variant="body2"
      component="div"
      color="text.secondary"
      sx={{ mt: 0.5 }}
    >
      {description}
    </Typography>
  ) : null;
}
