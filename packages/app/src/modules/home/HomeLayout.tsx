import { Content } from '@backstage/core-components';
import { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

type PlacedWidget = {
  name: string;
  width: number;
  widget: HomePageLayoutProps['widgets'][number];
};

/**
 * The widgets that the configuration names, in its order. A widget that is not
 * installed is left out; without a configuration all of them are shown.
 */
function placeWidgets(props: HomePageLayoutProps): PlacedWidget[] {
  const { widgets, defaultConfig } = props;
  if (!defaultConfig) {
    return widgets.map(widget => ({
      name: widget.name ?? widget.node.spec.id,
      width: 6,
      widget,
    }));
  }
  return [...defaultConfig]
    .sort((a, b) => a.row - b.row || a.column - b.column)
    .flatMap(item => {
      const widget = widgets.find(w => w.name === item.component);
      return widget
        ? [{ name: item.component, width: item.width, widget }]
        : [];
    });
}

/**
 * A plain page: nothing to arrange, every widget as high as its content. The
 * widgets flow through twelve columns, and below each other on a phone.
 */
export const HomeLayout = (props: HomePageLayoutProps) => (
  <Content>
    <Box component="main">
      <Typography variant="h4" component="h1" sx={{ mb: 2 }}>
        What needs you now
      </Typography>
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(12, 1fr)' },
          gap: 2,
        }}
      >
        {placeWidgets(props).map(({ name, width, widget }) => (
          <Box
            key={name}
            sx={{
              gridColumn: { xs: 'auto', md: `span ${Math.min(width, 12)}` },
              minWidth: 0,
              '& > *': { height: '100%' },
            }}
          >
            {widget.component}
          </Box>
        ))}
      </Box>
    </Box>
  </Content>
);
