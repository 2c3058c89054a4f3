using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Segments;

namespace BroadcastCaptions.Speech.Words;

/// <summary>A stretch of a segment, measured by its speech alone: pauses in it take no share.</summary>
internal readonly struct VoicedStretch
{
    private readonly SpeechSegment _segment;
    private readonly double _from;
    private readonly double _to;
    private readonly double _voiced;

    /// <summary>The stretch between two sample positions of the segment.</summary>
    public VoicedStretch(SpeechSegment segment, double from, double to)
    {
        (_segment, _from, _to, _voiced) = (segment, from, to, 0);
        for (var i = 0; i < segment.Probabilities.Length; i++) _voiced += Share(i);
    }

    /// <summary>The position by which that fraction, 0 … 1, of the stretch's speech was spoken.</summary>
    public double At(double fraction)
    {
        if (_voiced <= 0) return _from + ((_to - _from) * fraction);
        var wanted = _voiced * fraction;
        for (var i = 0; i < _segment.Probabilities.Length; i++)
        {
            var share = Share(i);
            if (share > 0 && wanted <= share) return Math.Max(_from, Edge(i)) + wanted;
            wanted -= share;
        }

        return _to;
    }

    private double Share(int window) => _segment.IsSpeech(window)
        ? Math.Max(0, Math.Min(_to, Edge(window + 1)) - Math.Max(_from, Edge(window)))
        : 0;

    private double Edge(int window) => _segment.Lead + (window * (double)VoiceWindow.Samples);
}
