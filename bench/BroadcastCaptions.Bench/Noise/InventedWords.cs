using BroadcastCaptions.Measure;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Bench.Noise;

/// <summary>Words that were recognised where nobody speaks.</summary>
/// <param name="Seconds">Sound that was heard.</param>
/// <param name="Final">Words of finals, as files hold them.</param>
/// <param name="Shown">Words that stood on screen, also those that were taken back.</param>
internal sealed record InventedWords(double Seconds, int Final, int Shown)
{
    /// <summary>Hears every sound and prints what came of it.</summary>
    public static void Report(IReadOnlyList<Sound> sounds, ISpeechModel model, SileroVad vad, bool partials, bool list)
    {
        var listener = new Listener(model, vad, partials);
        var all = new List<(Sound Sound, InventedWords Words)>();
        foreach (var sound in sounds)
        {
            var transcripts = listener.Hear(sound.Samples);
            all.Add((sound, Of(sound, transcripts)));
            Console.WriteLine($"  {sound.Kind,-8} {sound.Name,-22} {all[^1].Words}");
            if (!list) continue;
            foreach (var final in transcripts.Where(transcript => transcript.IsFinal && transcript.Recognized.Count > 0))
                Console.WriteLine($"    {final.Start.Seconds,7:0.0} s {sound.FileAt(final.Start.Seconds)}: {string.Join(' ', final.Recognized.Select(word => word.Text))}");
        }

        foreach (var kind in all.GroupBy(entry => entry.Sound.Kind)) Console.WriteLine($"  {kind.Key,-8} {"",-22} {Sum(kind.Select(entry => entry.Words))}");
        Console.WriteLine($"  {"all",-8} {"",-22} {Sum(all.Select(entry => entry.Words))}");
        Console.WriteLine($"  counters: {listener.Counts}");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Seconds / 60,5:0.0} min: {Final,3} words in files ({Final * 3600 / Seconds:0} an hour), {Shown,3} shown ({Shown * 3600 / Seconds:0} an hour)";

    private static InventedWords Of(Sound sound, IReadOnlyList<Transcript> transcripts) => new(
        sound.Seconds,
        transcripts.Where(transcript => transcript.IsFinal).Sum(transcript => SpokenWords.Of(string.Join(' ', transcript.Recognized.Select(word => word.Text))).Count),
        transcripts.GroupBy(transcript => transcript.Segment).Sum(segment => segment.Max(transcript => transcript.Words.Count)));

    private static InventedWords Sum(IEnumerable<InventedWords> words) => words.Aggregate((a, b) => new(a.Seconds + b.Seconds, a.Final + b.Final, a.Shown + b.Shown));
}
