using System.Globalization;
using System.Text;

namespace BroadcastCaptions.Bench.Curve;

/// <summary>Two panels as SVG, median and tail, that follow the reader's light or dark theme.</summary>
internal static class CurvePicture
{
    private const double Width = 860, Height = 446, Top = 62, Bottom = 350, PanelWidth = 350;
    private const double TargetErasure = 0.2, LeastErasure = 0.05, MostErasure = 5;
    private static readonly double[] Erasures = [0.05, 0.1, 0.2, 0.5, 1, 2, 5];

    private const string Style = """
        text { font: 13px system-ui, sans-serif; fill: #24292f }
        .title { font-weight: 600; font-size: 15px } .small { font-size: 11px } .before { font-size: 11px; text-anchor: end }
        .grid { stroke: #d0d7de } .target { fill: #2da44e; fill-opacity: .12 }
        .m0 { stroke: #0969da; fill: none; stroke-width: 2 } .m1 { stroke: #bc4c00; fill: none; stroke-width: 2 }
        .p0 { fill: #0969da } .p1 { fill: #bc4c00 } .back { fill: #ffffff }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 } .grid { stroke: #3d444d } .back { fill: #0d1117 } .target { fill-opacity: .25 }
          .m0 { stroke: #58a6ff } .m1 { stroke: #f0883e } .p0 { fill: #58a6ff } .p1 { fill: #f0883e }
        }
        """;

    /// <summary>The picture.</summary>
    /// <param name="lines">A line a model.</param>
    /// <param name="note">What it rests on.</param>
    public static string Draw(IReadOnlyList<CurveLine> lines, string note)
    {
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Latency against normalised erasure\">");
        svg.AppendLine($"<style>{Style}</style>\n<rect class=\"back\" width=\"100%\" height=\"100%\"/>");
        Text(svg, 20, 24, "What steadiness costs: latency against words taken back", "title");
        Panel(svg, 60, "word end → right, median (s)", lines, point => point.Median, step: 0.1, target: 0.4);
        Panel(svg, 60 + PanelWidth + 80, "word end → right, 95th percentile (s)", lines, point => point.Tail, step: 0.2, target: 1.1);
        for (var i = 0; i < lines.Count; i++)
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"<circle class=\"p{i}\" cx=\"{62 + (i * 150)}\" cy=\"404\" r=\"5\"/>");
            Text(svg, 74 + (i * 150), 408, lines[i].Model, "");
        }

        Text(svg, 380, 408, "green: the target of policy “steady”", "small");
        Text(svg, 54, 432, $"Points: policy fast, and steady by how long a word must survive. {note}", "small");
        return svg.AppendLine("</svg>").ToString();
    }

    private static void Panel(StringBuilder svg, double left, string title, IReadOnlyList<CurveLine> lines, Func<CurvePoint, double> latency, double step, double target)
    {
        var values = lines.SelectMany(line => line.Points).Select(latency).Append(target).ToArray();
        var (from, to) = (Math.Floor(values.Min() / step) * step, Math.Ceiling((values.Max() / step) + 0.5) * step);
        double X(double seconds) => left + ((seconds - from) / (to - from) * PanelWidth);
        double Y(double erasure) => Bottom - (Math.Log(Math.Max(erasure, LeastErasure) / LeastErasure) / Math.Log(MostErasure / LeastErasure) * (Bottom - Top));
        svg.AppendLine(CultureInfo.InvariantCulture, $"<rect class=\"target\" x=\"{X(from):0.0}\" y=\"{Y(TargetErasure):0.0}\" width=\"{X(target) - X(from):0.0}\" height=\"{Y(LeastErasure) - Y(TargetErasure):0.0}\"/>");
        for (var seconds = from; seconds <= to + 1e-9; seconds += step)
        {
            Line(svg, X(seconds), Top, X(seconds), Bottom);
            Text(svg, X(seconds) - 10, Bottom + 18, seconds.ToString("0.0", CultureInfo.InvariantCulture), "small");
        }

        foreach (var erasure in Erasures)
        {
            Line(svg, left, Y(erasure), left + PanelWidth, Y(erasure));
            Text(svg, left - 26, Y(erasure) + 4, erasure.ToString("0.0#", CultureInfo.InvariantCulture), "small");
        }

        Text(svg, left, Bottom + 36, title, "");
        Text(svg, left - 30, Top - 12, "normalised erasure: words taken back for each word (logarithmic)", "small");
        for (var i = 0; i < lines.Count; i++) Curve(svg, i, [.. lines[i].Points.Select(point => (X(latency(point)), Y(point.Erasure), point.Name))]);
    }

    private static void Curve(StringBuilder svg, int line, (double X, double Y, string Name)[] points)
    {
        svg.AppendLine(CultureInfo.InvariantCulture, $"<polyline class=\"m{line}\" points=\"{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.0},{point.Y:0.0}")))}\"/>");
        foreach (var (x, y, name) in points)
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"<circle class=\"p{line}\" cx=\"{x:0.0}\" cy=\"{y:0.0}\" r=\"4\"/>");
            if (line == 0) Text(svg, x - 7, y + 13, name, "before"); // tiny's on the one side, base's on the other
            else Text(svg, x + 7, y - 6, name, "small");
        }
    }

    private static void Line(StringBuilder svg, double x1, double y1, double x2, double y2) =>
        svg.AppendLine(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{x1:0.0}\" y1=\"{y1:0.0}\" x2=\"{x2:0.0}\" y2=\"{y2:0.0}\"/>");

    private static void Text(StringBuilder svg, double x, double y, string text, string style) =>
        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{x:0.0}\" y=\"{y:0.0}\" class=\"{style}\">{text}</text>");
}
