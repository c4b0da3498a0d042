import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTheme } from '@mui/material/styles';
import { HandrailMark } from '../brand/HandrailMark';

/** Mark and name on top of the sidebar; leads home. */
export const SidebarLogo = () => {
  const { isOpen } = useSidebarOpenState();
  const { navigation } = useTheme().palette;
  const title = useApi(configApiRef).getOptionalString('app.title');

  return (
    <Box
      sx={{
        height: 72,
        display: 'flex',
        alignItems: 'center',
        color: navigation.selectedColor,
      }}
    >
      <Link to="/" underline="none" aria-label={`${title}, home`}>
        <Box
          sx={{
            display: 'flex',
            alignItems: 'center',
            color: navigation.selectedColor,
          }}
        >
          <Box
            sx={{
              width: sidebarConfig.drawerWidthClosed,
              display: 'flex',
              justifyContent: 'center',
            }}
          >
            <HandrailMark size={30} railColor={navigation.indicator} />
          </Box>
          {isOpen && (
            <Typography
              component="span"
              sx={{ fontSize: 20, fontWeight: 700, letterSpacing: '-0.01em' }}
            >
              {title}
            </Typography>
          )}
        </Box>
      </Link>
    </Box>
  );
};
