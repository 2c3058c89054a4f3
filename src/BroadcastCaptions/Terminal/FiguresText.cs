using System.Globalization;
using BroadcastCaptions.Metrics;

namespace BroadcastCaptions.Terminal;

/// <summary>The session's figures as a line of text.</summary>
internal static class FiguresText
{
    private const double Late = 1; // seconds of waiting audio that are worth saying

    /// <summary>"95 % within 0.74 s · final after 0.45 s · 12 % taken back · a partial every 0.10 s · 14 % of a core · 187 MB"</summary>
    public static string Line(LiveFigures figures)
    {
        var parts = new List<string>();
        void Add(double? value, Func<double, FormattableString> text)
        {
            if (value is { } known) parts.Add(text(known).ToString(CultureInfo.InvariantCulture));
        }

        Add(figures.EmissionTail, value => $"95 % within {value:0.00} s");
        Add(figures.Final, value => $"final after {value:0.00} s");
        Add(figures.Erasure * 100, value => $"{value:0} % taken back");
        Add(figures.PartialInterval, value => $"a partial every {value:0.00} s");
        Add(figures.QueueSeconds >= Late ? figures.QueueSeconds : null, value => $"{value:0.0} s waiting");
        Add(figures.CpuCores * 100, value => $"{value:0} % of a core");
        Add(figures.Resident / 1e6, value => $"{value:0} MB");
        return string.Join(" · ", parts);
    }
}
