using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Tests.Whisper;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit.Web;

namespace BroadcastCaptions.Speech.Catalogue;

public sealed class WhisperImportTests
{
    private static readonly string[] Whole =
        ["config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json", "onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx"];

    [Fact]
    public async Task A_folder_as_the_hub_has_it_becomes_a_model_with_recorded_hashes()
    {
        await using var bench = new Bench();
        var store = bench.Store([], offline: true);

        var import = await store.ImportAsync(Brought(bench, "openai/whisper-toy.en", Whole));

        Assert.Equal(["whisper-toy.en"], import.Ready);
        Assert.Equal(Whole.Order(), import.Taken.Select(taken => taken.File).Order());
        var again = bench.Store([], offline: true);
        Assert.Equal(("whisper", "en", InstallState.Installed), (again.List()[0].Model.Family, again.List()[0].Model.Languages[0], again.List()[0].State));
        Assert.All(await again.VerifyAsync("whisper-toy.en"), file => Assert.True(file.IsVerified));
        Assert.True(File.Exists(Path.Combine(await again.EnsureAsync("whisper-toy.en"), "onnx", "encoder_model.onnx")));
    }

    [Fact]
    public async Task A_known_model_keeps_what_is_known_of_it_and_its_own_files()
    {
        await using var bench = new Bench();
        var store = bench.Store([.. ModelCatalogue.Bundled.Models], offline: true);

        await store.ImportAsync(Brought(bench, "openai/whisper-tiny.en", [.. Whole, "onnx/encoder_model_fp16.onnx", "README.md"]));

        var model = store.Catalogue.Find("whisper-tiny.en");
        Assert.Equal("OpenAI", model.Credit);
        Assert.Equal(Whole.Order(), model.Files.Select(file => file.Name).Order()); // of two encoders the one that would run
        Assert.Equal(InstallState.Installed, store.List().Single(status => status.Model.Name == "whisper-tiny.en").State);
    }

    [Theory]
    [InlineData("config.json", "has no config.json.")]
    [InlineData("tokenizer.json", "has no tokenizer.json.")]
    [InlineData("onnx/encoder_model.onnx", "has no encoder_model.onnx.")]
    [InlineData("onnx/decoder_model_merged.onnx", "has no decoder_model_merged.onnx.")]
    public async Task A_missing_file_is_named_and_nothing_is_half_installed(string missing, string said)
    {
        await using var bench = new Bench();
        var store = bench.Store([]);

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => store.ImportAsync(Brought(bench, "openai/whisper-toy", [.. Whole.Where(file => file != missing)])));

        Assert.EndsWith(said, failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bench.PathOf("models")));
    }

    [Theory]
    [InlineData("{\"model_type\":\"whi", "config.json is not valid JSON.")]
    [InlineData("", "config.json is empty.")]
    [InlineData("{}", "config.json does not say a usable \"num_mel_bins\".")]
    public async Task A_config_that_does_not_say_whose_it_is_is_named_and_not_its_graphs(string config, string said)
    {
        await using var bench = new Bench();
        var folder = Brought(bench, "openai/whisper-toy", Whole);
        await File.WriteAllTextAsync(Path.Combine(folder, "config.json"), config);
        var store = bench.Store([.. ModelCatalogue.Bundled.Models]);

        var failures = new[] { null, "named" }.Select(name => Assert.ThrowsAsync<CaptionsException>(() => store.ImportAsync(folder, name)));

        Assert.All(await Task.WhenAll(failures), failure => Assert.EndsWith(said, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Graphs_of_a_known_model_are_taken_without_a_config()
    {
        await using var bench = new Bench();
        var folder = Brought(bench, "openai/whisper-toy", Whole);
        File.Delete(Path.Combine(folder, "config.json"));
        var encoder = await File.ReadAllBytesAsync(Path.Combine(folder, "onnx", "encoder_model.onnx"));

        var import = await bench.Store([Bench.Toy("known", Bench.File("encoder.onnx", encoder))]).ImportAsync(folder);

        Assert.Equal(["known"], import.Ready);
    }

    [Fact]
    public async Task Weights_that_a_graph_keeps_beside_it_are_missed_too()
    {
        await using var bench = new Bench();
        var folder = Brought(bench, "openai/whisper-toy", Whole);
        await File.AppendAllBytesAsync(Path.Combine(folder, "onnx", "encoder_model.onnx"), [50, 23, .. "encoder_model.onnx_data"u8]); // where a model's notes are

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store([]).ImportAsync(folder));
        await File.WriteAllTextAsync(Path.Combine(folder, "onnx", "encoder_model.onnx_data"), "weights");
        var import = await bench.Store([]).ImportAsync(folder);

        Assert.EndsWith("has no encoder_model.onnx_data, which holds the weights of its graph.", failure.Message, StringComparison.Ordinal);
        Assert.Contains(("whisper-toy", "onnx/encoder_model.onnx_data"), import.Taken);
    }

    [Fact]
    public async Task An_empty_file_is_named()
    {
        await using var bench = new Bench();
        var folder = Brought(bench, "openai/whisper-toy", Whole);
        await File.WriteAllBytesAsync(Path.Combine(folder, "onnx", "encoder_model.onnx"), []);

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store([]).ImportAsync(folder));

        Assert.EndsWith("encoder_model.onnx is empty.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_here_is_never_overwritten_and_another_name_makes_room()
    {
        await using var bench = new Bench();
        var folder = Brought(bench, "openai/whisper-toy", Whole);
        await bench.Store([]).ImportAsync(folder);

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store([]).ImportAsync(folder));
        var import = await bench.Store([]).ImportAsync(folder, "second");
        var wrong = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store([]).ImportAsync(folder, "../up"));

        Assert.StartsWith("There is a model whisper-toy on this machine already", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["second"], import.Ready);
        Assert.Equal(ExitCode.Usage, wrong.Code);
    }

    [Fact]
    public async Task The_name_of_another_family_s_model_is_not_taken()
    {
        await using var bench = new Bench();

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store([.. ModelCatalogue.Bundled.Models]).ImportAsync(Brought(bench, "openai/whisper-toy", Whole), "moonshine-tiny"));

        Assert.Equal(("moonshine-tiny is the name of a moonshine model.", ExitCode.Usage), (failure.Message, failure.Code));
    }

    [Fact]
    public async Task What_an_interrupted_pull_left_makes_way_and_what_is_not_ours_does_not()
    {
        await using var bench = new Bench();
        var folder = Brought(bench, "openai/whisper-toy", Whole);
        var model = bench.PathOf("models", "whisper-toy");
        Directory.CreateDirectory(model);
        await File.WriteAllTextAsync(Path.Combine(model, "notes.txt"), "mine");
        var known = Bench.Toy("whisper-toy", Bench.Unpinned("a.onnx")) with { Family = "whisper" };

        await Assert.ThrowsAsync<CaptionsException>(() => bench.Store([known]).ImportAsync(folder));
        File.Move(Path.Combine(model, "notes.txt"), Path.Combine(model, "a.onnx.part"));
        var import = await bench.Store([known]).ImportAsync(folder);

        Assert.Equal(["whisper-toy"], import.Ready);
    }

    [Fact]
    public async Task Of_several_the_whole_ones_are_taken_and_the_others_named()
    {
        await using var bench = new Bench();
        Brought(bench, "openai/whisper-one", Whole, "one");
        Brought(bench, "openai/whisper-two", Whole[..^1], "two");

        var import = await bench.Store([]).ImportAsync(bench.PathOf("brought"));

        Assert.Equal(["whisper-one"], import.Ready);
        Assert.Contains("has no decoder_model_merged.onnx", Assert.Single(import.Refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preprocessor_of_another_model_is_named()
    {
        await using var bench = new Bench();
        var folder = Brought(bench, "openai/whisper-toy", Whole);
        await File.WriteAllTextAsync(Path.Combine(folder, "preprocessor_config.json"), """{ "feature_size": 128 }""");

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store([]).ImportAsync(folder));

        Assert.Contains("is of another model", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bench.PathOf("models")));
    }

    [Fact]
    public async Task A_tokenizer_that_holds_no_vocabulary_is_named()
    {
        await using var bench = new Bench();
        var folder = Brought(bench, "openai/whisper-toy", Whole);
        await File.WriteAllTextAsync(Path.Combine(folder, "tokenizer.json"), "{}");

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store([]).ImportAsync(folder));

        Assert.Contains("tokenizer.json", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_of_what_is_no_Whisper_model_says_so()
    {
        await using var bench = new Bench();
        var sources = Whole.Select(name => Bench.Unpinned(name, bench.Web(name))).ToArray();
        foreach (var name in Whole) bench.Server.On(name, new Answer("{ \"model_type\": \"bert\" }"u8.ToArray()));

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store([Bench.Toy(Bench.Model, sources) with { Family = "whisper" }]).EnsureAsync(Bench.Model));

        Assert.Contains("tokenizer.json", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decoder_of_another_model_is_named_when_it_is_imported()
    {
        await using var bench = new Bench();
        var folder = Brought(bench, "openai/whisper-toy", Whole);
        new TinyWhisper(bench.PathOf("other"), decoderLayers: 1).Write();
        File.Copy(bench.PathOf("other", "decoder_model_merged.onnx"), Path.Combine(folder, "onnx", "decoder_model_merged.onnx"), overwrite: true);

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store([]).ImportAsync(folder));

        Assert.Contains("does not belong to this model: it has 1 layers, and config.json says 2", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bench.PathOf("models")));
    }

    [Fact]
    public async Task A_graph_that_is_none_is_named()
    {
        await using var bench = new Bench();
        var folder = Brought(bench, "openai/whisper-toy", Whole);
        await File.WriteAllTextAsync(Path.Combine(folder, "onnx", "encoder_model.onnx"), "no graph");

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store([]).ImportAsync(folder));

        Assert.EndsWith("encoder_model.onnx is not an ONNX file, or damaged.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_8_bits_it_is_smaller_and_runs_without_the_graphs_that_it_came_with()
    {
        await using var bench = new Bench();
        var store = bench.Store([], offline: true);

        var import = await store.ImportAsync(Brought(bench, "openai/whisper-toy", Whole), quantize: true);

        var quantized = Assert.Single(import.Quantized);
        Assert.DoesNotContain(import.Taken, taken => taken.File.StartsWith("onnx/", StringComparison.Ordinal));
        var folder = await bench.Store([], offline: true).EnsureAsync("whisper-toy");
        Assert.Equal(Directory.GetFiles(Path.Combine(folder, WhisperFiles.QuantizedFolder)).Sum(file => new FileInfo(file).Length), quantized.After);
        Assert.Equal(Directory.GetFiles(bench.PathOf("brought"), "*.onnx", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length), quantized.Before);
        Assert.All(await store.VerifyAsync("whisper-toy"), file => Assert.True(file.IsVerified));
        using var model = new WhisperModel(WhisperFiles.In(folder), new ModelOptions());
        Assert.True(model.Graphs.Decoder && model.Graphs.Encoder);
        Assert.NotEmpty(model.Recognize(new float[8_000], expectWords: true, []).Tokens);
        Assert.Equal(["whisper-toy", "again"], [.. import.Ready, .. (await store.ImportAsync(folder, "again")).Ready]);
    }

    [Fact]
    public async Task What_another_version_wrote_in_8_bits_is_not_run()
    {
        await using var bench = new Bench();
        var folder = Brought(bench, "openai/whisper-toy", Whole);
        Directory.Delete(Path.Combine(folder, "onnx"), recursive: true);
        Directory.CreateDirectory(Path.Combine(folder, "quantized-v0"));

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store([]).ImportAsync(folder));

        Assert.Contains("by another version of this program", failure.Message, StringComparison.Ordinal);
    }

    private static string Brought(Bench bench, string origin, IReadOnlyCollection<string> files, string folder = "model")
    {
        var root = bench.PathOf("brought", folder);
        new TinyWhisper(root, isMultilingual: !origin.EndsWith(".en", StringComparison.Ordinal)) { ConvolvesWithGelu = true }.Write();
        Directory.CreateDirectory(Path.Combine(root, "onnx"));
        foreach (var graph in Directory.GetFiles(root, "*.onnx")) File.Move(graph, Path.Combine(root, "onnx", Path.GetFileName(graph)));
        foreach (var file in Directory.GetFiles(root, "*", SearchOption.AllDirectories))
            if (!files.Contains(Path.GetRelativePath(root, file).Replace('\\', '/'))) File.Delete(file);
        foreach (var file in files.Where(file => !File.Exists(Path.Combine(root, file)))) File.WriteAllText(Path.Combine(root, file), file);
        if (files.Contains("config.json"))
            File.WriteAllText(Path.Combine(root, "config.json"), File.ReadAllText(Path.Combine(root, "config.json")).Replace("{", $"{{\"_name_or_path\":\"{origin}\",", StringComparison.Ordinal));
        return root;
    }
}
