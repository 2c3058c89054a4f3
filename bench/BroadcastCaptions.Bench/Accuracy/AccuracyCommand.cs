using System.CommandLine;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Bench.Accuracy;

/// <summary>bench/wer: word errors of the live pipeline over eval/, files taken as fast as possible.</summary>
internal static class AccuracyCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var product = new ProductOptions();
        var worst = new Option<int>("--worst") { Description = "List so many of the worst files." };
        var longFiles = new Option<bool>("--long") { Description = "Long files whole against the same files cut at their pauses." };
        var stops = new Option<bool>("--stops") { Description = "False full stops, and flicker with case and punctuation, over the files whose references are punctuated." };
        var times = new Option<bool>("--times") { Description = "How far words' times are off, over the files whose words have true ones." };
        var hypotheses = new Option<string?>("--hyps") { Description = "Also write file TAB text, for measure/wer.py." };
        var command = new Command("wer", "Word error rate of the live pipeline on eval/: English, transcribed, up to 35 s; and words on files without any.") { worst, longFiles, stops, times, hypotheses };
        product.AddTo(command);
        command.SetAction(async (result, _) =>
        {
            if (SpeechSet.Evaluation.Count == 0)
            {
                await Console.Error.WriteLineAsync($"eval/ is not beside the checkout ({Places.SharedVariable} names another place).");
                return 1;
            }

            Console.WriteLine($"{product.Describe(result)}; {Machine.Describe()}");
            var arguments = product.Arguments(result);
            if (result.GetValue(longFiles)) await LongFiles.CompareAsync(arguments, Console.Out);
            else if (result.GetValue(times)) await WordTimesReport.ReportAsync(arguments, Console.Out);
            else if (result.GetValue(stops)) await Punctuation.ReportAsync(arguments, Console.Out);
            else await JudgeAsync(arguments, result.GetValue(worst), result.GetValue(hypotheses));
            return 0;
        });
        return command;
    }

    private static async Task JudgeAsync(IReadOnlyList<string> arguments, int worst, string? hypotheses)
    {
        var judged = new List<(SpeechFile File, string Text, WordErrors Errors)>();
        foreach (var file in SpeechSet.Judged())
        {
            var text = await Transcriber.TextAsync(file.Path, arguments);
            judged.Add((file, text, WordErrors.Of(SpokenWords.Of(file.Reference), SpokenWords.Of(text))));
        }

        if (hypotheses is not null) await File.WriteAllLinesAsync(hypotheses, judged.Select(entry => $"{entry.File.Name}\t{entry.Text}"));
        foreach (var kind in judged.GroupBy(entry => entry.File.Kind).OrderBy(kind => kind.Key)) Console.WriteLine($"  {kind.Key,-12} {Describe(kind.Select(entry => entry.Errors))}");
        Console.WriteLine($"  all          {Describe(judged.Select(entry => entry.Errors))}");
        foreach (var (file, text, errors) in judged.Where(entry => entry.Errors.Edits > 0).OrderByDescending(entry => entry.Errors.Percent).Take(worst))
            Console.WriteLine($"    {errors.Percent,5:0} % {file.Name}: \"{text}\" for \"{file.Reference}\"");
        foreach (var file in SpeechSet.Evaluation.Where(file => file.Kind == "nonspeech"))
            Console.WriteLine($"  {file.Name}: {SpokenWords.Of(await Transcriber.TextAsync(file.Path, arguments)).Count} words where nobody speaks");
    }

    private static string Describe(IEnumerable<WordErrors> errors)
    {
        var sum = errors.Aggregate(WordErrors.None, (a, b) => a + b);
        return $"{sum.Files,3} files {sum.Words,4} words WER {sum.Percent:0.00} % empty {sum.Empty}";
    }
}
