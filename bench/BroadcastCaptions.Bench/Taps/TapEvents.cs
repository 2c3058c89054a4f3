using System.Text.Json;
using BroadcastCaptions.Measure;

namespace BroadcastCaptions.Bench.Taps;

/// <summary>What the product said of one tap, by its events.</summary>
internal sealed class TapEvents
{
    private readonly IReadOnlyList<JsonElement> _events;

    /// <param name="events">Everything that the product said.</param>
    /// <param name="source">The tap's label.</param>
    public TapEvents(IEnumerable<JsonElement> events, string source) =>
        _events = [.. events.Where(e => e.TryGetProperty("source", out var of) && of.GetString() == source && IsText(e))];

    /// <summary>The final text.</summary>
    public string Finals => string.Join(' ', _events.Where(IsFinal).Select(e => e.GetProperty("recognized").GetProperty("text").GetString()));

    /// <summary>Segment end → its final.</summary>
    public Delays Finalisation => new(_events.Where(IsFinal).Select(e => Number(e, "emitted") - Number(e, "end")));

    /// <summary>Media time at which the talk began; the middle one of what its segments say.</summary>
    /// <param name="starts">Seconds of the talk at which its segments begin, by number from 1.</param>
    public double Zero(IReadOnlyList<double> starts)
    {
        double[] zeros = [.. _events.Where(e => IsFinal(e) && e.GetProperty("segment").GetInt32() <= starts.Count)
            .Select(e => Number(e, "start") - starts[e.GetProperty("segment").GetInt32() - 1]).Order()];
        return zeros.Length > 0 ? zeros[zeros.Length / 2] : throw new InvalidOperationException("A tap without a single final.");
    }

    /// <summary>Everything said so far, each time that it changed, on the clock of the talk.</summary>
    public IReadOnlyList<ShownText> Shown(double zero)
    {
        IReadOnlyList<string> before = [];
        var shown = new List<ShownText>();
        foreach (var e in _events)
        {
            IReadOnlyList<string> now = [.. before, .. SpokenWords.Of(e.GetProperty("text").GetString()!)];
            if (IsFinal(e)) before = now;
            shown.Add(new(Number(e, "emitted") - zero, now));
        }

        return shown;
    }

    private static bool IsText(JsonElement e) => e.GetProperty("type").GetString() is "partial" or "final";

    private static bool IsFinal(JsonElement e) => e.GetProperty("type").GetString() == "final";

    private static double Number(JsonElement e, string name) => e.GetProperty(name).GetDouble();
}
