using System.Diagnostics;
using System.Text.Json;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Measure.Tests;

/// <summary>Agreement with measure/'s own tools on random input: cases kept here always, fresh ones where the tools are.</summary>
public sealed class ReferenceCasesTests
{
    private static readonly string Folder = Path.Combine(Places.Repository, "tests", "BroadcastCaptions.Measure.Tests");

    public static TheoryData<string> Sources => Places.InShared("measure", "latency.py") is null ? ["kept"] : ["kept", "fresh"];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Texts_normalise_to_the_words_that_the_tools_count(string source)
    {
        foreach (var line in await CasesAsync(source, "text"))
        {
            var text = line.GetProperty("text").GetString()!;
            Assert.Equal((text, Joined(line.GetProperty("english"))), (text, string.Join(' ', SpokenWords.Of(text))));
            Assert.Equal((text, Joined(line.GetProperty("other"))), (text, string.Join(' ', SpokenWords.Of(text, english: false))));
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Edits_are_counted_as_the_tools_count_them(string source)
    {
        foreach (var line in await CasesAsync(source, "edits"))
            Assert.Equal(line.GetProperty("edits").GetInt32(), WordErrors.FewestEdits(Words(line.GetProperty("a")), Words(line.GetProperty("b"))));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Streams_measure_as_the_tools_measure_them(string source)
    {
        foreach (var line in await CasesAsync(source, "figures"))
        {
            var reference = line.GetProperty("reference").EnumerateArray()
                .Select(word => new ReferenceWord(word[0].GetString()!, word[1].GetDouble(), word[2].GetDouble())).ToArray();
            IReadOnlyList<ShownText> shown = [.. line.GetProperty("shown").EnumerateArray()
                .Select(text => new ShownText(text[0].GetDouble(), SpokenWords.Of(text[1].GetString()!)))];
            var figures = LatencyMeter.Measure(reference, line.GetProperty("window").GetBoolean() ? ScreenHistory.Unroll(shown) : shown);
            Figures.AssertEqual(line.GetProperty("figures"), figures, line.GetRawText());
        }
    }

    private static string[] Words(JsonElement list) => [.. list.EnumerateArray().Select(word => word.GetString()!)];

    private static string Joined(JsonElement list) => string.Join(' ', Words(list));

    private static async Task<IReadOnlyList<JsonElement>> CasesAsync(string source, string key)
    {
        var text = source == "kept"
            ? await File.ReadAllTextAsync(Path.Combine(Folder, "reference-cases.jsonl"))
            : await AskToolsAsync(seed: 2, count: 400);
        var cases = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.TryGetProperty(key, out _)).ToArray();
        Assert.NotEmpty(cases);
        return cases;
    }

    private static async Task<string> AskToolsAsync(int seed, int count)
    {
        using var python = Process.Start(new ProcessStartInfo("python3",
            [Path.Combine(Folder, "reference-cases.py"), Places.InShared("measure")!, $"{seed}", $"{count}"])
        { RedirectStandardOutput = true, UseShellExecute = false })!;
        var cases = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.Equal(0, python.ExitCode);
        return cases;
    }
}
