import MarkdownIt from 'markdown-it';

const renderer = createRenderer();

/**
 * Markdown as Confluence stores pages: XHTML with macros of its own for code and
 * images. HTML in the markdown is shown as text, and addresses other than http,
 * https and mailto are no links.
 */
export function toStorageFormat(markdown: string): string {
  return renderer.render(markdown).trim();
}

function createRenderer(): MarkdownIt {
  const md = new MarkdownIt({ html: false, xhtmlOut: true, linkify: true });
  const { escapeHtml } = md.utils;
  const validate = md.validateLink.bind(md);
  md.validateLink = url =>
    validate(url) &&
    (!/^[a-z][a-z0-9+.-]*:/i.test(url) || /^(https?|mailto):/i.test(url));
  // A style attribute says how cells are aligned, which storage format has not.
  md.renderer.rules.th_open = () => '<th>';
  md.renderer.rules.td_open = () => '<td>';
  md.renderer.rules.s_open = () => '<del>';
  md.renderer.rules.s_close = () => '</del>';
  md.renderer.rules.fence = (tokens, index) => {
    const { content, info } = tokens[index];
    return code(content, info.trim().split(/\s+/)[0]);
  };
  md.renderer.rules.code_block = (tokens, index) => code(tokens[index].content);
  md.renderer.rules.image = (tokens, index) => {
    const src = String(tokens[index].attrGet('src') ?? '');
    const alt = escapeHtml(tokens[index].content);
    return /^https?:/i.test(src)
      ? `<ac:image ac:alt="${alt}"><ri:url ri:value="${escapeHtml(
          src,
        )}" /></ac:image>`
      : alt;
  };
  function code(content: string, language = ''): string {
    const parameter = /^[\w+#-]+$/.test(language)
      ? `<ac:parameter ac:name="language">${escapeHtml(
          language,
        )}</ac:parameter>`
      : '';
    // The end of the text must not stand in the text.
    const text = content
      .replace(/\n$/, '')
      .split(']]>')
      .join(']]]]><![CDATA[>');
    return `<ac:structured-macro ac:name="code">${parameter}<ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body></ac:structured-macro>\n`;
  }
  return md;
}
