namespace BroadcastCaptions.TestKit;

/// <summary>Tables of text: a heading, then one row a line, columns parted by tabs, quotes meaning nothing.</summary>
internal static class Table
{
    /// <summary>The rows, each by its heading's names.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string path)
    {
        var lines = File.ReadAllLines(path);
        var names = lines[0].Split('\t');
        return lines.Skip(1).Where(line => line.Length > 0).Select(line => (IReadOnlyDictionary<string, string>)
            names.Zip(line.Split('\t').Concat(Enumerable.Repeat("", names.Length))).ToDictionary(cell => cell.First, cell => cell.Second));
    }
}
