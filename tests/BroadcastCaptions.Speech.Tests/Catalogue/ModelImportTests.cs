using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Catalogue;

public sealed class ModelImportTests
{
    private static readonly byte[] Own = Bench.Bytes(1, 5000);
    private static readonly byte[] Shared = Bench.Bytes(2, 6000);
    private static readonly ModelFile SharedFile = Bench.File("vocabulary.js", Shared);
    private static readonly CatalogueModel[] Models =
        [Bench.Toy("small", Bench.File("a.onnx", Own), SharedFile), Bench.Toy("large", Bench.File("a.onnx", Bench.Bytes(3, 7000)), SharedFile)];

    [Fact]
    public async Task Files_are_known_by_their_content_whatever_they_are_called()
    {
        await using var bench = new Bench();
        var folder = Brought(bench, ("deep/down/renamed.bin", Own), ("vocabulary.js", Shared), ("notes.txt", [1, 2, 3]));
        var store = bench.Store(Models, offline: true);

        var import = await store.ImportAsync(folder);

        Assert.Equal([("large", "vocabulary.js"), ("small", "a.onnx"), ("small", "vocabulary.js")], import.Taken.Order());
        Assert.Equal(["small"], import.Ready);
        Assert.Empty(import.Refused);
        Assert.Equal(Own, await File.ReadAllBytesAsync(Path.Combine(await store.EnsureAsync("small"), "a.onnx")));
    }

    [Fact]
    public async Task A_file_with_the_right_name_and_wrong_bytes_is_refused_by_name()
    {
        await using var bench = new Bench();
        var folder = Brought(bench, ("a.onnx", Bench.Bytes(4, Own.Length)), ("vocabulary.js", [1]));

        var import = await bench.Store(Models).ImportAsync(folder);

        Assert.Empty(import.Taken);
        Assert.Equal(2, import.Refused.Count);
        Assert.Contains(import.Refused, sentence => sentence.EndsWith("a.onnx of any model in the catalogue: its SHA-256 differs.", StringComparison.Ordinal));
        Assert.Contains(import.Refused, sentence => sentence.EndsWith("its size differs.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_without_models_or_no_folder_is_said_so()
    {
        await using var bench = new Bench();
        var store = bench.Store(Models);

        var nothing = await Assert.ThrowsAsync<CaptionsException>(() => store.ImportAsync(Brought(bench, ("notes.txt", [1]))));
        var missing = await Assert.ThrowsAsync<CaptionsException>(() => store.ImportAsync(bench.PathOf("nowhere")));

        Assert.Contains("holds no file of a model", nothing.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, missing.Code);
    }

    private static string Brought(Bench bench, params (string Path, byte[] Content)[] files)
    {
        foreach (var (path, content) in files)
        {
            var target = bench.PathOf("brought", path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, content);
        }

        return bench.PathOf("brought");
    }
}
