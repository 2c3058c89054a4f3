using BroadcastCaptions.Speech.Rewriting;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

public sealed class RewriteFolderTests : IDisposable
{
    private static readonly RewriteOutcome Rewritten = new(true, true, "Rewritten.");

    private readonly string _folder = Directory.CreateTempSubdirectory("rewritten-").FullName;
    private int _rewritings;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, Action<string>> Damages { get; } = new()
    {
        { "a file cut off", folder => File.WriteAllText(Path.Combine(folder, "decoder.weights"), "dec") },
        { "a byte changed", folder => File.WriteAllText(Path.Combine(folder, "decoder.weights_data"), "weightS of decoder.weights") },
        { "a file gone", folder => File.Delete(Path.Combine(folder, "encoder.onnx")) },
        { "the outcome unreadable", folder => File.WriteAllText(Path.Combine(folder, "outcome.json"), "\0\0\0") },
        { "the outcome of another program", folder => File.WriteAllText(Path.Combine(folder, "outcome.json"), """{"Decoder":true,"Encoder":true,"Reason":""}""") },
        { "an empty folder", folder => Array.ForEach(Directory.GetFiles(folder), File.Delete) },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_a_disk_has_damaged_is_made_anew_and_nothing_of_it_stays(string damage, Action<string> harm)
    {
        var (_, files) = Open();
        harm(Path.GetDirectoryName(files!.Decoder)!);

        var (outcome, again) = Open();

        Assert.True(_rewritings == 2, damage);
        Assert.Equal((Rewritten, files), (outcome, again));
        Assert.Equal("decoder.weights", File.ReadAllText(files.Decoder));
        Assert.Single(Directory.GetDirectories(Path.Combine(_folder, "rewritten")));
        Open();
        Assert.Equal(2, _rewritings);
    }

    [Fact]
    public void What_is_whole_is_made_once()
    {
        Assert.Equal(Open(), Open());
        Assert.Equal(1, _rewritings);
    }

    [Fact]
    public void What_was_interrupted_is_removed_and_what_is_at_work_is_not()
    {
        var (_, files) = Open();
        var kept = Path.GetDirectoryName(files!.Decoder)!;
        var (interrupted, atWork) = (Directory.CreateDirectory($"{kept}.1.part"), Directory.CreateDirectory($"{kept}.2.part"));
        interrupted.LastWriteTimeUtc = DateTime.UtcNow.AddHours(-2);
        File.Delete(files.Decoder);
        Open();
        Assert.Equal([kept, atWork.FullName], Directory.GetDirectories(Path.Combine(_folder, "rewritten")).Order(StringComparer.Ordinal));
    }

    private (RewriteOutcome Outcome, FusedFiles? Files) Open()
    {
        var shipped = Path.Combine(_folder, "model.onnx");
        if (!File.Exists(shipped)) File.WriteAllText(shipped, "shipped");
        return RewriteFolder.Open(shipped, shipped, version: 1, unsigned: false, files =>
        {
            _rewritings++;
            foreach (var file in new[] { files.Encoder, files.Decoder })
            {
                File.WriteAllText(file, Path.GetFileName(file));
                File.WriteAllText($"{file}_data", $"weights of {Path.GetFileName(file)}");
            }

            return Rewritten;
        });
    }
}
