// <md-chart>: an ECharts canvas that follows the page's theme and palette.
(() => {
  if (customElements.get('md-chart')) return;

  const trim = (v) => String(+(+v).toPrecision(4));
  const sup = (v) => '10<sup>' + trim(v) + '</sup>';
  const escape = (s) => String(s).replace(/[&<>"]/g, (c) => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'}[c]));
  const shorten = (s) => (s.length > 80 ? s.slice(0, 79) + '…' : s);
  const digits = {'-': '⁻', '.': '·', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹'};
  const superscript = (v) => '10' + trim(v).split('').map((c) => digits[c] ?? c).join('');
  // Band series carry the names 'lo' and 'hi' in their ids and have no row of their own.
  const rows = (items, show) => items.filter((i) => i.seriesName && !/^_/.test(i.seriesName))
    .map((i) => i.marker + escape(i.seriesName) + ' <b>' + show(Array.isArray(i.value) ? i.value[1] : i.value, i) + '</b>').join('<br>');
  const at = (items) => (items.length ? trim(items[0].axisValue) : '');

  const inputs = (v, i) => (v == null ? 'none seen' : escape(i.data[2]) + ' inputs');

  const named = {
    pow10: (v) => superscript(v),
    count: (v) => (v < 0 ? '' : trim(v)),
    tipD: (items) => 'D = ' + at(items) + ' nats/token<br>' + rows(items, inputs),
    tipZ: (items) => 'z = ' + at(items) + ' nats/token<br>' + rows(items, inputs),
    tipToken: (items) => escape(items.length ? items[0].name : '') + '<br>' + rows(items, (v) => trim(v)),
    tipBar: (i) => trim(i.value[0]) + ' to ' + trim(i.value[1]) + '<br><b>' + i.value[3] + '</b> ' + escape(i.seriesName),
    tipStripe: (i) => '<b>' + trim(i.value[0]) + '</b><br>' + escape(shorten(i.value[2])),
    tipCell: (i) => 'z<sub>A</sub> ' + trim(i.value[0]) + ', z<sub>B</sub> ' + trim(i.value[1]) + '<br><b>' + sup(i.value[2]) + '</b> inputs',
  };

  // A series of type 'band' draws [from, to, low, high] as boxes: ECharts stacks only over categories.
  const band = (series) => ({
    ...series,
    type: 'custom',
    silent: series.silent ?? true,
    encode: {x: [0, 1], y: [2, 3]},
    renderItem: (params, api) => {
      const [left, top] = api.coord([api.value(0), api.value(3)]);
      const [right, bottom] = api.coord([api.value(1), api.value(2)]);
      const shape = echarts.graphic.clipRectByRect({x: left, y: top, width: right - left, height: bottom - top}, params.coordSys);
      return shape && {type: 'rect', shape, style: {fill: series.itemStyle.color, opacity: series.itemStyle.opacity ?? 0.22}};
    },
  });

  // A series of type 'cells' fills the rectangles [x, y, value, width, height] with the visual map's colour.
  const cells = (series) => ({
    ...series,
    type: 'custom',
    encode: {x: 0, y: 1, tooltip: 2},
    renderItem: (params, api) => {
      const [w, h] = [api.value(3) / 2, api.value(4) / 2];
      const [left, top] = api.coord([api.value(0) - w, api.value(1) + h]);
      const [right, bottom] = api.coord([api.value(0) + w, api.value(1) - h]);
      const shape = echarts.graphic.clipRectByRect({x: left, y: top, width: right - left + 0.5, height: bottom - top + 0.5}, params.coordSys);
      return shape && {type: 'rect', shape, style: {fill: api.visual('color')}};
    },
  });
  const drawn = {band, cells};

  class Chart extends MdElement {
    connectedCallback() {
      if (!this._canvas) {
        this._canvas = document.createElement('div');
        this._canvas.style.cssText = 'width:100%;height:100%';
        this.appendChild(this._canvas);
      }
      super.connectedCallback();
      this._resize = new ResizeObserver(() => this._chart && this._chart.resize());
      this._resize.observe(this);
      this._theme = new MutationObserver(() => this._draw());
      this._theme.observe(document.documentElement, {attributes: true, attributeFilter: ['theme', 'data-palette']});
      this._hover = (e) => this._follow(e.detail);
      document.addEventListener('md-hover', this._hover);
      this._draw();
    }

    disconnectedCallback() {
      this._resize.disconnect();
      this._theme.disconnect();
      document.removeEventListener('md-hover', this._hover);
      if (this._chart) this._chart.dispose();
      this._chart = null;
    }

    set option(json) {
      this._option = json;
      if (this.isConnected) this._draw();
    }

    get option() { return this._option; }

    download(name) {
      const style = getComputedStyle(this);
      const link = document.createElement('a');
      link.href = this._chart.getDataURL({pixelRatio: 2, backgroundColor: style.getPropertyValue('--md-card').trim()});
      link.download = name;
      link.click();
    }

    _draw() {
      if (!this._option) return;
      if (!this._chart) {
        this._chart = echarts.init(this._canvas);
        this._listen();
      }
      this._chart.setOption(this._themed(this._resolve(JSON.parse(this._option))), true);
      if (this.hasAttribute('range')) {
        this._chart.dispatchAction({type: 'takeGlobalCursor', key: 'brush', brushOption: {brushType: 'lineX', brushMode: 'single'}});
      }
    }

    _listen() {
      this._chart.on('brushEnd', (e) => {
        const area = e.areas[0];
        const range = area ? area.coordRange : [0, 0];
        this.dispatchEvent(new CustomEvent('md-range', {detail: {from: range[0], to: range[1]}}));
      });
      this._chart.on('click', (e) => this.dispatchEvent(new CustomEvent('md-item', {detail: {index: e.dataIndex}})));
      this._chart.on('updateAxisPointer', (e) => {
        const group = this.getAttribute('hover-group');
        if (!group || this._following || e.dataIndex === undefined) return;
        document.dispatchEvent(new CustomEvent('md-hover', {detail: {group, index: e.dataIndex, source: this}}));
      });
    }

    _follow({group, index, source}) {
      if (source === this || group !== this.getAttribute('hover-group') || !this._chart) return;
      this._following = true;
      if (index < 0) this._chart.dispatchAction({type: 'hideTip'});
      else this._chart.dispatchAction({type: 'showTip', seriesIndex: 0, dataIndex: index});
      this._following = false;
    }

    _resolve(value) {
      if (Array.isArray(value)) return value.map((v) => this._resolve(v));
      if (value && typeof value === 'object') {
        return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, this._resolve(v)]));
      }
      if (typeof value === 'string') {
        if (value.startsWith('--')) return getComputedStyle(this).getPropertyValue(value).trim();
        if (value.startsWith('fn:')) return named[value.slice(3)];
      }
      return value;
    }

    _themed(option) {
      const style = getComputedStyle(this);
      const colour = (name) => style.getPropertyValue(name).trim();
      const text = colour('--md-muted');
      const line = colour('--md-line');
      const axis = (a) => ({
        ...a,
        axisLabel: {color: text, hideOverlap: true, ...a.axisLabel},
        nameTextStyle: {color: text, ...a.nameTextStyle},
        axisLine: {lineStyle: {color: line}, ...a.axisLine},
        splitLine: {lineStyle: {color: line, opacity: 0.6}, ...a.splitLine},
      });
      const each = (v) => (v === undefined ? undefined : Array.isArray(v) ? v.map(axis) : axis(v));
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      return {
        backgroundColor: 'transparent',
        animationDuration: still ? 0 : 250,
        animationDurationUpdate: still ? 0 : 250,
        color: ['--md-a', '--md-b', '--md-c', '--md-d', '--md-e', '--md-f'].map(colour),
        textStyle: {color: text, fontFamily: style.fontFamily},
        ...option,
        toolbox: {show: false},
        ...(option.series ? {series: option.series.map((s) => (drawn[s.type] ? drawn[s.type](s) : s))} : {}),
        ...(option.legend ? {legend: {textStyle: {color: text}, ...option.legend}} : {}),
        ...(option.tooltip ? {tooltip: {
          backgroundColor: colour('--md-card'), borderColor: line, textStyle: {color: colour('--md-text')}, confine: true, ...option.tooltip,
        }} : {}),
        ...(option.xAxis ? {xAxis: each(option.xAxis)} : {}),
        ...(option.yAxis ? {yAxis: each(option.yAxis)} : {}),
        ...(this.hasAttribute('range') ? {brush: {
          xAxisIndex: 0, toolbox: [], throttleType: 'debounce', throttleDelay: 200,
          brushStyle: {color: colour('--md-brush'), borderColor: colour('--md-accent'), borderWidth: 1}, outOfBrush: {colorAlpha: 1},
        }} : {}),
      };
    }
  }

  customElements.define('md-chart', Chart);
})();
