using BroadcastCaptions.Speech.Streaming;

namespace BroadcastCaptions.Metrics;

/// <summary>How far apart the answers for a growing segment really are, in seconds of audio.</summary>
internal sealed class CadenceGauge(SessionMeter meter)
{
    private readonly Dictionary<string, Recognition> _last = [];
    private readonly RecentValues _gaps = new();

    /// <summary>The middle distance; null before the first two answers for one segment.</summary>
    public double? Median => _gaps.Median;

    /// <summary>Takes an answer in.</summary>
    public void Note(Recognition recognition)
    {
        if (_last.TryGetValue(recognition.Source.Id, out var last) && last.Segment == recognition.Segment && !recognition.IsFinal)
        {
            var gap = recognition.TakenIn - last.TakenIn;
            _gaps.Add(gap);
            meter.PartialInterval.Record(gap);
        }

        _last[recognition.Source.Id] = recognition;
    }
}
