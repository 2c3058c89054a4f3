using System.Globalization;
using System.Text.RegularExpressions;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Tests.Transcription;

/// <summary>Whisper as its users run it, and what it is asked that it cannot do; where its weights are.</summary>
public sealed partial class WhisperProgramTests(WhisperHome home) : IClassFixture<WhisperHome>, IDisposable
{
    private const int Failed = 1;
    private const int Usage = 2;

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void An_import_in_8_bits_says_what_became_of_the_size()
    {
        if (!home.IsThere) return;
        Assert.True(home.Import!.Code == 0, home.Import.Errors);
        var sizes = Sizes().Match(home.Import.Output).Groups;
        var in32Bits = 2 * double.Parse(sizes["before"].Value, CultureInfo.InvariantCulture); // it came in 16
        Assert.InRange(double.Parse(sizes["after"].Value, CultureInfo.InvariantCulture) / in32Bits, 0.25, 0.3); // a quarter, and what is no weight of a product
        Assert.Empty(Directory.GetFiles(home.Folder, "*decoder_model*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("--mode", "fast")]
    [InlineData("--mode", "accurate", "--beam-size", "3", "--keyterms", "John,Ada", "--prompt", "A story.")]
    public async Task A_recording_is_captioned(params string[] options)
    {
        if (!home.IsThere) return;
        var result = await RunAsync([_bench.Copy("talk.wav"), .. options]);
        Assert.True(result.Code == 0, result.Errors);
        Assert.Contains("john", SpokenWords.Of(File.ReadAllText(_bench.Work["talk.srt"])));
    }

    [Theory]
    [InlineData(Usage, "does not know the language \"de\"", "--language", "de")]
    [InlineData(Usage, "does not know the language \"de\"", "--language", "German")]
    [InlineData(Usage, "no language \"xx\"", "--language", "xx")]
    [InlineData(Usage, "cannot translate", "--task", "translate")]
    [InlineData(Usage, "beam size is 11", "--beam-size", "11")]
    public async Task What_it_cannot_do_is_named(int code, string named, params string[] options)
    {
        if (!home.IsThere) return;
        Bench.AssertSaid(await RunAsync([_bench.Copy("talk.wav"), .. options]), code, named);
    }

    [Fact]
    public async Task Files_without_sound_are_named()
    {
        if (!home.IsThere) return;
        File.WriteAllBytes(_bench.Work["empty.wav"], []);
        Bench.AssertSaid(await RunAsync(_bench.Work["empty.wav"]), Failed, "empty.wav is empty");
    }

    [Fact]
    public async Task A_model_that_lacks_a_file_and_one_with_wrong_settings_are_named()
    {
        if (!home.IsThere) return;
        var (config, decoder) = (Path.Combine(home.Folder, "config.json"), Directory.GetFiles(home.Folder, "decoder.weights", SearchOption.AllDirectories).Single());
        var settings = await File.ReadAllTextAsync(config);
        try
        {
            await File.WriteAllTextAsync(config, settings.Replace("\"d_model\": 384", "\"d_model\": 385", StringComparison.Ordinal));
            Bench.AssertSaid(await RunAsync(_bench.Copy("talk.wav")), Failed, "config.json");
            await File.WriteAllTextAsync(config, settings);
            File.Move(decoder, decoder + ".away");
            Bench.AssertSaid(await RunAsync(_bench.Copy("again.wav")), Failed, "whisper-tiny.en is not on this machine");
        }
        finally
        {
            await File.WriteAllTextAsync(config, settings);
            if (File.Exists(decoder + ".away")) File.Move(decoder + ".away", decoder);
        }
    }

    [Theory]
    [InlineData("--prompt", "Ada.", "takes no prompt")]
    [InlineData("--beam-size", "5", "takes no beam size")]
    public async Task Moonshine_takes_neither_prompt_nor_beams(string option, string value, string named) =>
        Bench.AssertSaid(await _bench.RunAsync(_bench.Copy("talk.wav"), option, value), Usage, named);

    [Fact]
    public async Task Live_in_a_language_that_the_model_does_not_know_is_bad_usage()
    {
        Bench.AssertSaid(await LiveAsync("--model", "moonshine-tiny", "--language", "de"), Usage, "does not know the language \"de\"", "whisper-base");
        Bench.AssertSaid(await LiveAsync("--language", "de"), Usage, "auto chooses from", "whisper-base");
        if (home.IsThere) Bench.AssertSaid(await LiveAsync("--model", WhisperHome.Model, "--language", "de"), Usage, "does not know the language \"de\"");
    }

    [Fact]
    public async Task Where_only_finals_are_shown_nobody_asks_how_fast_partials_would_be()
    {
        if (!home.IsThere) return;
        var result = await LiveAsync("--model", WhisperHome.Model, "--policy", "finalOnly");
        Assert.True(result.Code == 0, result.Errors);
        Assert.DoesNotContain("Measuring how fast", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("moonshine", result.Errors, StringComparison.Ordinal);
    }

    private Task<CaptionsResult> RunAsync(params IReadOnlyList<string> arguments) => _bench.RunWithAsync(home.Environment, [.. arguments, "--model", WhisperHome.Model]);

    private async Task<CaptionsResult> LiveAsync(params string[] arguments)
    {
        await WavFile.WriteAsync(_bench.Work["hum.wav"], Enumerable.Range(0, 8_000).Select(i => 0.1f * MathF.Sin(i * 0.1f)).ToArray(), 16_000);
        return await CaptionsProgram.RunAsync(new Dictionary<string, string?>(home.Environment) { ["HOME"] = _bench.Work.Path }, ["live", "--no-obs", "--tap", _bench.Work["hum.wav"], .. arguments]);
    }

    [GeneratedRegex(@"whisper-tiny\.en: (?<before>\d+) MB of graphs became (?<after>\d+) MB\.", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sizes();
}
