using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Measurement;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Accuracy;

/// <summary>A long file whole, and the same file cut at its pauses: a pipeline that loses its way in long speech shows here.</summary>
internal static class LongFiles
{
    private const int Rate = MonitorRecording.Rate;
    private const double LongestPiece = 20;
    private const double ShortestPiece = 5;
    private const double Pause = 0.3;

    /// <summary>Compares every long English file.</summary>
    public static async Task CompareAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        WordErrors whole = WordErrors.None, cut = WordErrors.None;
        foreach (var file in SpeechSet.Judged(double.MaxValue).Where(file => file.Seconds > 35))
        {
            var said = SpokenWords.Of(file.Reference);
            var wholeErrors = WordErrors.Of(said, SpokenWords.Of(await Transcriber.TextAsync(file.Path, arguments)));
            var cutErrors = WordErrors.Of(said, SpokenWords.Of(await PiecesAsync(file.Path, arguments)));
            await output.WriteLineAsync($"  {file.Name}: whole {wholeErrors.Percent:0.0} %, cut at its pauses {cutErrors.Percent:0.0} %, {said.Count} words");
            (whole, cut) = (whole + wholeErrors, cut + cutErrors);
        }

        await output.WriteLineAsync($"  all {whole.Files} long files: whole {whole.Percent:0.0} %, cut {cut.Percent:0.0} %, {whole.Words} words");
    }

    private static async Task<string> PiecesAsync(string file, IReadOnlyList<string> arguments)
    {
        using var folder = new TemporaryFolder();
        var samples = await Ffmpeg.SamplesAsync(file);
        var text = new List<string>();
        var from = 0;
        foreach (var to in Cuts(samples))
        {
            var piece = folder[$"{text.Count}.wav"];
            await WavFile.WriteAsync(piece, samples.AsMemory(from..to), Rate);
            text.Add(await Transcriber.TextAsync(piece, arguments));
            from = to;
        }

        return string.Join(' ', text);
    }

    /// <summary>Ends of the pieces: in the middle of the quietest pause that keeps each piece's length within bounds.</summary>
    private static IEnumerable<int> Cuts(float[] samples)
    {
        var from = 0;
        while (samples.Length - from > LongestPiece * Rate)
        {
            var quietest = Enumerable.Range(0, (int)((LongestPiece - ShortestPiece) / 0.05))
                .Select(step => from + (int)((ShortestPiece + step * 0.05) * Rate))
                .MinBy(at => Energy(samples.AsSpan(at, (int)(Pause * Rate))));
            from = quietest + (int)(Pause / 2 * Rate);
            yield return from;
        }

        yield return samples.Length;
    }

    private static double Energy(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples) sum += sample * sample;
        return sum;
    }
}
