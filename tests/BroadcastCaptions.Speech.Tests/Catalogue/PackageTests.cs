using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Web;

namespace BroadcastCaptions.Speech.Catalogue;

public sealed class PackageTests
{
    private static readonly byte[] First = Bench.Bytes(1);
    private static readonly byte[] Second = Bench.Bytes(2);
    private static readonly byte[] Packed = Bench.Tarball(("readme", Bench.Bytes(3, 10)), ("dist/a", First), ("dist/b", Second));
    private static readonly ModelFile A = Bench.File("a.onnx", First, Bench.InPackage("dist/a"));
    private static readonly ModelFile B = Bench.File("b.onnx", Second, Bench.InPackage("dist/b"));

    [Fact]
    public async Task A_package_is_downloaded_once_for_all_the_files_that_it_holds()
    {
        await using var bench = Serving(new Answer(Packed));

        var folder = await bench.Store([Bench.Toy(Bench.Model, A, B)], Packed).EnsureAsync(Bench.Model);

        Assert.Equal(Second, await File.ReadAllBytesAsync(Path.Combine(folder, "b.onnx")));
        Assert.Equal(["a.onnx", "b.onnx"], bench.FilesOf(Bench.Model));
        Assert.Single(bench.Server.Asked);
    }

    [Fact]
    public async Task A_package_that_breaks_off_goes_on_where_it_was()
    {
        await using var bench = Serving(new Answer(Packed) { CutAfter = 200_000 }, new Answer(Packed));

        await bench.Store([Bench.Toy(Bench.Model, A, B)], Packed).EnsureAsync(Bench.Model);

        Assert.Equal([null, 200_000], bench.Server.Asked.Select(asked => asked.From));
    }

    [Fact]
    public async Task It_stands_in_where_the_web_home_has_other_bytes()
    {
        await using var bench = Serving(new Answer(Packed));
        bench.Server.On("web", new Answer(Bench.Bytes(4)));
        var file = A with { Sources = [bench.Web("web"), Bench.InPackage("dist/a")] };

        await bench.Store([Bench.Toy(Bench.Model, file)], Packed).EnsureAsync(Bench.Model);

        Assert.Equal(["web", "tgz"], bench.Server.Asked.Select(asked => asked.Path));
    }

    [Fact]
    public async Task A_package_that_is_not_the_pinned_one_is_not_opened()
    {
        var forged = (byte[])Packed.Clone();
        forged[^1] ^= 1;
        await using var bench = Serving(new Answer(forged));

        var failure = await Assert.ThrowsAsync<CaptionsException>(
            () => bench.Store([Bench.Toy(Bench.Model, A)], Packed).EnsureAsync(Bench.Model));

        Assert.Contains("npm gives other bytes", failure.Message, StringComparison.Ordinal);
        Assert.Empty(bench.FilesOf(Bench.Model));
    }

    [Fact]
    public async Task A_package_without_the_file_is_said_to_lack_it()
    {
        await using var bench = Serving(new Answer(Packed));
        var file = A with { Sources = [Bench.InPackage("dist/other")] };

        var failure = await Assert.ThrowsAsync<CaptionsException>(
            () => bench.Store([Bench.Toy(Bench.Model, file)], Packed).EnsureAsync(Bench.Model));

        Assert.Contains("lacks a file", failure.Message, StringComparison.Ordinal);
    }

    private static Bench Serving(params IEnumerable<Answer> answers)
    {
        var bench = new Bench();
        bench.Server.On("tgz", answers);
        bench.Npm.Address = bench.Server.Address("tgz");
        return bench;
    }
}
