namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>
/// Which linear products stand next behind which: everything between two products (attention, rotary embedding, activation,
/// residual sums, in whatever operators the export chose) is air.
/// </summary>
internal sealed class Dataflow(GraphScope scope, IReadOnlyDictionary<string, Linear> linears)
{
    /// <summary>The products that feed <paramref name="value"/> with no other product between.</summary>
    public HashSet<Linear> Behind(string value)
    {
        var found = new HashSet<Linear>();
        Walk(value, name => linears.TryGetValue(name, out var linear) && Keep(found, linear));
        return found;
    }

    /// <summary>The values between <paramref name="value"/> and the products next behind it, itself included.</summary>
    public HashSet<string> Between(string value)
    {
        var seen = new HashSet<string>();
        Walk(value, name => linears.ContainsKey(name) || Pass(seen, name));
        return seen;
    }

    private static bool Keep(HashSet<Linear> found, Linear linear)
    {
        found.Add(linear);
        return true;
    }

    private static bool Pass(HashSet<string> seen, string name)
    {
        seen.Add(name);
        return false;
    }

    private void Walk(string start, Func<string, bool> stopAt)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([start]);
        while (open.TryPop(out var value))
        {
            if (value.Length == 0 || !seen.Add(value) || stopAt(value)) continue;
            if (scope.Producer(value) is { } node && node.OpType is not ("Shape" or "Size")) // a size says nothing about what flows
                node.Inputs.ForEach(open.Push);
        }
    }
}
