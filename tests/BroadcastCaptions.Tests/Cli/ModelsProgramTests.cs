using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;
using BroadcastCaptions.TestKit.Web;

namespace BroadcastCaptions.Tests.Cli;

/// <summary>'captions models' as its users run it, with a server of our own in the hub's place.</summary>
public sealed class ModelsProgramTests : IAsyncDisposable
{
    private static readonly byte[] Weights = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31))];

    private readonly TemporaryFolder _home = new();
    private readonly LoopbackServer _server = new();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task A_proxy_is_gone_through_and_hosts_that_need_none_are_not()
    {
        Entries(("far", "http://models.invalid/far.onnx"), ("near", _server.Address("near.onnx").AbsoluteUri));
        _server.On("http://models.invalid/far.onnx", new Answer(Weights));
        _server.On("near.onnx", new Answer(Weights));
        var proxy = _server.Address("").AbsoluteUri;

        var result = await RunAsync(new() { ["http_proxy"] = proxy, ["HTTP_PROXY"] = proxy, ["no_proxy"] = "127.0.0.1", ["NO_PROXY"] = "127.0.0.1" }, "pull", "far", "near", "--json");

        Assert.True(result.Code == 0, result.Errors);
        Assert.Equal(["http://models.invalid/far.onnx", "near.onnx"], _server.Asked.Select(asked => asked.Path));
        Assert.Contains("\"name\": \"near\"", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mirror_gets_the_token_and_nobody_reads_it()
    {
        Entries(("toy", "https://huggingface.co/me/toy/resolve/main/toy.onnx"));
        _server.On("me/toy/resolve/main/toy.onnx", new Answer([]) { Status = 403 }, new Answer(Weights));
        var hub = new Dictionary<string, string?> { ["HF_ENDPOINT"] = _server.Address("").AbsoluteUri, ["HF_TOKEN"] = "hf_secret" };

        var refused = await RunAsync(hub, "pull", "toy", "--json");
        var result = await RunAsync(hub, "pull", "toy");

        Assert.Equal((1, 0), (refused.Code, result.Code));
        Assert.All(_server.Heads, head => Assert.Equal("Bearer hf_secret", head.Authorization));
        Assert.DoesNotContain("hf_secret", refused.Errors + refused.Output + result.Errors + result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_it_ends_cleanly_and_goes_on_the_next_time()
    {
        Entries(("toy", _server.Address("toy.onnx").AbsoluteUri));
        _server.On("toy.onnx", new Answer(Weights) { CutAfter = 150_000, Stalls = true, ETag = "\"v1\"" }, new Answer(Weights) { ETag = "\"v1\"" });
        await using var pull = await CaptionsProgram.StartAsync(Environment([]), [.. Arguments("pull", "toy")]);
        await Wait.UntilAsync(() => new FileInfo(Part) is { Exists: true, Length: 150_000 }, Wait.Generous, "the first half");

        var interrupted = await pull.InterruptAsync();
        var result = await RunAsync([], "pull", "toy");

        Assert.Equal((130, 0), (interrupted.Code, result.Code));
        Assert.Equal(150_000, _server.Asked[^1].From);
        Assert.Equal(Weights, await File.ReadAllBytesAsync(Path.Combine(_home["models"], "toy", "toy.onnx")));
    }

    [Fact]
    public async Task Removing_wants_a_yes_and_says_what_was_freed()
    {
        Entries(("toy", _server.Address("toy.onnx").AbsoluteUri));
        _server.On("toy.onnx", new Answer(Weights));
        await RunAsync([], "pull", "toy");

        var verified = await RunAsync([], "verify", "toy", "--json");
        var unasked = await RunAsync([], "rm", "toy");
        var removed = await RunAsync([], "rm", "toy", "--yes");

        Assert.Contains("\"verified\": true", verified.Output, StringComparison.Ordinal);
        Assert.Equal((0, 2, 0), (verified.Code, unasked.Code, removed.Code));
        Assert.Contains("toy removed, 0 MB freed.", removed.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_home["models"], "toy")));
    }

    [Fact]
    public async Task The_list_has_the_user_s_own_models_and_a_broken_file_is_bad_usage()
    {
        Entries(("toy", "https://example.org/toy.onnx"));
        var list = await RunAsync([], "list", "--json");
        await File.WriteAllTextAsync(ModelsFile, """{ "models": [{ "name": 5 }] }""");
        var broken = await RunAsync([], "list");

        Assert.Contains("\"name\": \"toy\"", list.Output, StringComparison.Ordinal);
        Assert.Contains("\"can\": \"notMeasured\"", list.Output, StringComparison.Ordinal);
        Assert.Equal((0, 2), (list.Code, broken.Code));
        Assert.Contains($"{ModelsFile}: models[0].name is 5; a text is allowed.", broken.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_is_not_to_be_had_is_bad_usage_and_nothing_computes_in_its_place()
    {
        var recording = Path.Combine(Places.Repository, "src", "BroadcastCaptions", "assets", "demo.wav");
        var result = await CaptionsProgram.RunAsync(Environment([]), "live", "--no-obs", "--fast", "--offline", "--tap", recording, "--device", "cann");
        Assert.Equal(2, result.Code);
        Assert.Contains("The device cann is not to be had", result.Errors, StringComparison.Ordinal);
    }

    private string ModelsFile => _home["config", "models.json"];

    private string Part => Path.Combine(_home["models"], "toy", "toy.onnx.part");

    private Task<CaptionsResult> RunAsync(Dictionary<string, string?> environment, params string[] arguments) =>
        CaptionsProgram.RunAsync(Environment(environment), [.. Arguments(arguments)]);

    private string[] Arguments(params string[] arguments) => ["models", .. arguments, "--folder", _home["models"]];

    private Dictionary<string, string?> Environment(Dictionary<string, string?> own)
    {
        var all = new Dictionary<string, string?> { ["CAPTIONS_HOME"] = _home.Path, ["HOME"] = _home.Path };
        foreach (var name in new[] { "http_proxy", "https_proxy", "all_proxy", "no_proxy", "HF_TOKEN", "HF_ENDPOINT" }) (all[name], all[name.ToUpperInvariant()]) = (null, null);
        foreach (var (name, value) in own) all[name] = value;
        return all;
    }

    private void Entries(params (string Name, string Url)[] models) => File.WriteAllText(ModelsFile, $$"""
        { "models": [{{string.Join(",", models.Select(model => $$"""
            { "name": "{{model.Name}}", "family": "silero-vad", "task": "voice-activity", "languages": [], "licence": "MIT", "credit": "us", "home": "https://example.org/",
              "files": [{ "name": "{{model.Name}}.onnx", "sources": [{ "url": "{{model.Url}}" }] }] }
            """))}}] }
        """);
}
