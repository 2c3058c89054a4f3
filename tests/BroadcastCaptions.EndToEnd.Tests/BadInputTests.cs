using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>Bad input gets one clear sentence and the right exit code, and what was captured is kept. Needs no OBS and no sound.</summary>
public sealed class BadInputTests : IDisposable
{
    private const int Failed = 1;
    private const int Usage = 2;
    private const string Model = "moonshine-tiny";
    private const string Detector = "silero-vad-v6";

    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var result = await RunAsync("--tap", _home["nothing.wav"]);
        AssertSaid(result, Usage, "nothing.wav");
    }

    [Fact]
    public async Task A_text_file_called_wav_is_named()
    {
        await File.WriteAllTextAsync(_home["words.wav"], "These are words, and no sound.");
        AssertSaid(await RunAsync("--tap", _home["words.wav"]), Failed, "words.wav");
    }

    [Fact]
    public async Task A_WAV_that_was_cut_is_captioned_as_far_as_it_goes()
    {
        var whole = await File.ReadAllBytesAsync(Show.Sentence.Path);
        await File.WriteAllBytesAsync(_home["cut.wav"], whole[..(whole.Length / 2 + 1)]);
        var result = await RunAsync("--tap", _home["cut.wav"], "--txt", _home["cut.txt"]);
        Assert.Contains("john", SpokenWords.Of(result.FinalText));
        Assert.Contains("john", SpokenWords.Of(await File.ReadAllTextAsync(_home["cut.txt"])));
        Assert.DoesNotContain("power", SpokenWords.Of(result.FinalText));
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrupted_model_is_named_with_its_remedy()
    {
        var models = await CopyModelsAsync();
        await using (var file = File.OpenWrite(Path.Combine(models, Model, "decoder_model_merged.onnx"))) await file.WriteAsync(new byte[65536]);
        var result = await RunAsync(new Dictionary<string, string?> { ["CAPTIONS__MODEL__FOLDER"] = models }, "--tap", Show.Sentence.Path, "--offline");
        AssertSaid(result, Failed, Model);
        Assert.Contains("captions models", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_network_at_the_first_start_it_says_what_is_missing(bool offline)
    {
        var nowhere = new Dictionary<string, string?>
        {
            ["CAPTIONS__MODEL__FOLDER"] = _home.Folder("no models yet"),
            ["https_proxy"] = "http://127.0.0.1:9",
            ["HTTPS_PROXY"] = "http://127.0.0.1:9",
            ["http_proxy"] = "http://127.0.0.1:9",
            ["HTTP_PROXY"] = "http://127.0.0.1:9",
            ["all_proxy"] = "http://127.0.0.1:9",
            ["npm_config_registry"] = "http://127.0.0.1:9/",
            ["npm_config_fetch_retries"] = "0",
        };
        AssertSaid(await RunAsync(nowhere, ["--tap", Show.Sentence.Path, .. offline ? new[] { "--offline" } : []]), Failed, Detector);
    }

    [Theory]
    [InlineData("nonsense:thing")]
    [InlineData("LABEL=")]
    public async Task An_unknown_tap_is_named_with_what_is_allowed(string tap) => AssertSaid(await RunAsync("--tap", tap), null, tap);

    [Fact]
    public async Task An_unknown_option_is_named() => AssertSaid(await RunAsync("--louder"), Usage, "--louder");

    [Theory]
    [InlineData("""{"display":{"lines":99}}""", "display.lines", "99", "10")]
    [InlineData("""{"display":{"lines":"two"}}""", "display.lines", "two", "")]
    [InlineData("""{"display":{"policy":"hasty"}}""", "display.policy", "hasty", "steady")]
    [InlineData("""{"dsplay":{"lines":2}}""", "dsplay", "", "")]
    [InlineData("""{"display":{"lines":2""", "broken.json", "", "")]
    public async Task A_broken_configuration_is_named_by_key_value_and_what_is_allowed(string json, string key, string value, string allowed)
    {
        await File.WriteAllTextAsync(_home["broken.json"], json);
        AssertSaid(await RunAsync("--tap", Show.Sentence.Path, "--config", _home["broken.json"]), Usage, key, value, allowed);
    }

    [Fact]
    public async Task An_output_folder_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(_home["file"], "");
        AssertSaid(await RunAsync("--tap", Show.Sentence.Path, "--out", Path.Combine(_home["file"], "folder")), null, "folder");
    }

    private Task<CaptionsResult> RunAsync(params IReadOnlyList<string> arguments) => RunAsync([], arguments);

    private Task<CaptionsResult> RunAsync(Dictionary<string, string?> environment, params IReadOnlyList<string> arguments)
    {
        environment["HOME"] = _home.Path;
        environment["XDG_RUNTIME_DIR"] = _home.Folder("run");
        return CaptionsProgram.RunAsync(environment, ["live", "--fast", "--json", "--no-obs", .. arguments]);
    }

    /// <summary>One clear sentence that names the thing, no stack trace, and the exit code (1 or 2 where both make sense).</summary>
    private static void AssertSaid(CaptionsResult result, int? code, params IReadOnlyList<string> words)
    {
        Assert.All(words, word => Assert.Contains(word, result.Errors, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Errors, StringComparison.Ordinal);
        if (code is null) Assert.InRange(result.Code, Failed, Usage);
        else Assert.Equal(code, result.Code);
        Assert.InRange(result.Errors.Split('\n').Length, 1, 12);
    }

    private async Task<string> CopyModelsAsync()
    {
        var copy = _home.Folder("models");
        Assert.Equal(0, (await CaptionsProgram.RunAsync(new Dictionary<string, string?> { ["HOME"] = _home.Path }, "models", "pull", Model)).Code);
        foreach (var model in new[] { Model, Detector })
        {
            Directory.CreateDirectory(Path.Combine(copy, model));
            foreach (var file in Directory.GetFiles(Path.Combine(CaptionsProgram.ModelFolder, model)))
                File.Copy(file, Path.Combine(copy, model, Path.GetFileName(file)));
        }

        return copy;
    }
}
