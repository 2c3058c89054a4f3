using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Bench.Accuracy;

/// <summary>How far the words' times in caption files are off, over the files whose words have true ones.</summary>
internal static class WordTimesReport
{
    /// <summary>Prints it, per file and in all.</summary>
    public static async Task ReportAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        var all = new Delays([]);
        foreach (var file in SpeechSet.Evaluation.Where(file => SpeechSet.WordTimes.ContainsKey(file.Name)))
        {
            var words = (await Transcriber.RunAsync(file.Path, arguments)).Finals
                .SelectMany(e => e.GetProperty("recognized").GetProperty("words").EnumerateArray())
                .Select(word => (word.GetProperty("text").GetString()!, word.GetProperty("end").GetDouble()));
            var off = new Delays(WordTimeErrors.Of(SpeechSet.WordTimes[file.Name], words));
            await output.WriteLineAsync($"  {file.Name}: {DelaysText.Of(off)}");
            all += off;
        }

        await output.WriteLineAsync($"  all, a word's end off by: {DelaysText.Of(all)}");
    }
}
