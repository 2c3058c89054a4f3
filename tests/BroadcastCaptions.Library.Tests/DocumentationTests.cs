using System.Text.RegularExpressions;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Library.Tests;

/// <summary>docs/library.md shows code that works.</summary>
[Collection(WithTranscriber.Name)]
public sealed partial class DocumentationTests(LoadedTranscriber loaded)
{
    [Fact]
    public async Task Every_sample_stands_in_the_code_that_is_compiled_here()
    {
        var samples = Sample().Matches(await File.ReadAllTextAsync(Path.Combine(Places.Repository, "docs", "library.md"))).Select(match => Lines(match.Groups["code"].Value)).ToArray();
        var compiled = Lines(await File.ReadAllTextAsync(DocumentedSamples.Source));
        Assert.Equal(3, samples.Length);
        Assert.All(samples, sample => Assert.Contains(sample, compiled, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_samples_run()
    {
        using var folder = new TestKit.Processes.TemporaryFolder();
        var before = Environment.CurrentDirectory;
        try
        {
            await DocumentedSamples.FileAsync(Talk.Path, folder.Path);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        Assert.Contains(" --> ", await File.ReadAllTextAsync(folder["talk.srt"]), StringComparison.Ordinal);
        await DocumentedSamples.StreamAsync(loaded.Tiny, Talk.Path, CancellationToken.None);
        await DocumentedSamples.LiveAsync(loaded.Tiny, Talk.Blocks(), CancellationToken.None);
    }

    private static string Lines(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex(@"```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sample();
}
