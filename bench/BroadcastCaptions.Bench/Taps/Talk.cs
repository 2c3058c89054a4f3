using BroadcastCaptions.Bench.Tuning;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Bench.Taps;

/// <summary>What one of many taps hears: a stretch of the files with word times, which go round.</summary>
/// <param name="Samples">16 kHz mono.</param>
/// <param name="Words">What is said in it, and when.</param>
internal sealed record Talk(float[] Samples, IReadOnlyList<ReferenceWord> Words)
{
    private const int Rate = 16000;

    /// <summary>Silence between files.</summary>
    private const double Pause = 1;

    /// <summary>A talk for each tap. They lie as far apart as they can: what two sources say at once is an echo to the product, and shown once.</summary>
    /// <param name="files">Files with word times, and their samples.</param>
    /// <param name="taps">How many.</param>
    /// <param name="seconds">How long; a word that is not over by then does not count.</param>
    public static IReadOnlyList<Talk> Of(IReadOnlyList<(SpeechFile File, float[] Samples)> files, int taps, double seconds)
    {
        var round = files.Sum(file => ((double)file.Samples.Length / Rate) + Pause);
        return [.. Enumerable.Range(0, taps).Select(tap => From(files, tap * round / taps, seconds))];
    }

    private static Talk From(IReadOnlyList<(SpeechFile File, float[] Samples)> files, double from, double seconds)
    {
        var samples = new float[(int)(seconds * Rate)];
        var words = new List<ReferenceWord>();
        var at = -from;
        for (var next = 0; at < seconds; next++)
        {
            var (file, heard) = files[next % files.Count];
            var place = (int)(at * Rate);
            for (var i = Math.Max(0, -place); i < heard.Length && place + i < samples.Length; i++) samples[place + i] = heard[i];
            words.AddRange(SpeechSet.WordTimes[file.Name].Select(word => new ReferenceWord(word.Word, word.Start + at, word.End + at)).Where(word => word.Start >= 0 && word.End < seconds));
            at += ((double)heard.Length / Rate) + Pause;
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
