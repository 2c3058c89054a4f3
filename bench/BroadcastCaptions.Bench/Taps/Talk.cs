using BroadcastCaptions.Bench.Tuning;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Bench.Taps;

/// <summary>What one of many taps hears: the files with word times, one after the other, each tap beginning with another.</summary>
/// <param name="Samples">16 kHz mono.</param>
/// <param name="Words">What is said in it, and when.</param>
internal sealed record Talk(float[] Samples, IReadOnlyList<ReferenceWord> Words)
{
    private const double Rate = 16000;

    /// <summary>Silence between files, and by how much a tap begins later than the one before it: nobody breathes in step.</summary>
    private const double Pause = 1, Stagger = 0.37;

    /// <summary>The talk of one tap.</summary>
    /// <param name="files">Files with word times, and their samples.</param>
    /// <param name="tap">The tap's number, from 0.</param>
    /// <param name="seconds">Where the talk ends; a word that is not over by then does not count.</param>
    public static Talk Of(IReadOnlyList<(SpeechFile File, float[] Samples)> files, int tap, double seconds)
    {
        var samples = new float[(int)(seconds * Rate)];
        var words = new List<ReferenceWord>();
        var at = tap * Stagger % Pause;
        for (var next = tap; at < seconds; next++)
        {
            var (file, heard) = files[next % files.Count];
            var from = (int)(at * Rate);
            heard.AsSpan(0, Math.Min(heard.Length, samples.Length - from)).CopyTo(samples.AsSpan(from));
            words.AddRange(SpeechSet.WordTimes[file.Name].Select(word => new ReferenceWord(word.Word, word.Start + at, word.End + at)).Where(word => word.End < seconds));
            at += (heard.Length / Rate) + Pause;
        }

        return new(samples, words);
    }

    /// <summary>Seconds at which its segments begin, by number from 1: the same detector finds them in the product, so that what it calls them tells when the talk began.</summary>
    public IReadOnlyList<double> SegmentStarts(SileroVad vad)
    {
        using var deaf = new DeafModel();
        return [.. Replay.Of(Samples, deaf, vad, new SpeechOptions(), partials: false).Recognitions.Select(answer => answer.Recognition.Start.Seconds)];
    }

    private sealed class DeafModel : ISpeechModel
    {
        public ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous) => ModelText.Empty;

        public void Dispose()
        {
        }
    }
}
